/** As much of Express as is used; its own types are a package apart. */
declare module 'express' {
  import type { RequestListener } from 'node:http'

  type Middleware = (
    request: object,
    response: Response,
    next: (error?: unknown) => void,
  ) => unknown
  interface Response {
    status(code: number): this
    set(headers: Readonly<Record<string, string>>): this
    json(body: unknown): this
  }
  interface Express extends RequestListener {
    use(path: string, middleware: Middleware): void
    get(path: string, handler: Middleware): void
  }
  export default function express(): Express
}
