# The login server as an image, built from source.
#   docker build -t daemun .
#   docker run --init --stop-timeout 15 --env-file .env -p 127.0.0.1:8000:8000 -v daemun:/data daemun
# Other commands follow the name: docker run --rm --env-file .env -v daemun:/data daemun migrate --status
ARG NODE=24-slim

FROM node:${NODE} AS build
WORKDIR /app
# Dependencies first: they change less often than the source.
COPY package.json package-lock.json ./
COPY interop/package.json interop/
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY tools tools
COPY src src
RUN npm run build

FROM node:${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The workspace holds what tests need.
RUN npm pkg delete workspaces && npm ci --omit=dev --ignore-scripts

FROM node:${NODE}
ENV MALLOC_ARENA_MAX=2 NODE_ENV=production
# SQLite's file, data/daemun.db of the working directory; nothing else is ever written, so the root
# may be read-only.
RUN install -d -m 700 -o node -g node /data
VOLUME /data
WORKDIR /app
COPY LICENSE ./
COPY --from=dependencies /app ./
COPY --from=build /app/dist dist
WORKDIR /
# By number, so that Kubernetes can tell that it is not root.
USER 1000:1000
EXPOSE 8000
# Alive, not ready: while the store is away there is nothing to restart.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself gets the signals. It ends by SIGTERM within 10 seconds; give it 15 before SIGKILL.
STOPSIGNAL SIGTERM
# For this and MALLOC_ARENA_MAX see "Memory" in docs/production.en.md.
ENTRYPOINT ["node", "--max-semi-space-size=4", "/app/dist/cli.js"]
CMD ["serve"]
