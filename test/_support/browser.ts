/** How a server is asked; ours and the emulator's `fetch` both fit. */
export type Ask = (request: Request) => Response | Promise<Response>

/**
 * As much of a browser as a login needs: it keeps cookies, and follows nothing by itself. Cookies
 * are kept without expiry; one that is told to go goes.
 */
export class Browser {
  readonly cookies: Map<string, string>
  readonly #ask: Ask
  readonly #origin: string

  constructor(ask: Ask, origin: string, cookies = new Map<string, string>()) {
    this.cookies = cookies
    this.#ask = ask
    this.#origin = origin
  }

  async get(url: string | URL, headers: Record<string, string> = {}): Promise<Response> {
    return await this.#send(url, { headers })
  }

  /** Posts as a page of the server's own would. */
  async post(
    url: string | URL,
    body?: string | URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return await this.#send(url, {
      method: 'POST',
      headers: { origin: this.#origin, 'sec-fetch-site': 'same-origin', ...headers },
      ...(body !== undefined && { body }),
    })
  }

  /** Deletes as a page of the server's own would. */
  async delete(url: string | URL, headers: Record<string, string> = {}): Promise<Response> {
    return await this.#send(url, {
      method: 'DELETE',
      headers: { origin: this.#origin, 'sec-fetch-site': 'same-origin', ...headers },
    })
  }

  async #send(url: string | URL, init: RequestInit & { headers: Record<string, string> }) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie !== '' && { cookie }), ...init.headers }
    const response = await this.#ask(new Request(new URL(url, this.#origin), { ...init, headers }))
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(at + 1))
  }
}
