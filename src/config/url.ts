export function isHttps(url: string): boolean {
  return url.startsWith('https://')
}

/** Whether a URL's host is this machine itself, by name or by address. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
