export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** Whether a status says that the trouble is the host's: its own errors, and too many requests. */
export function isDown(status: number): boolean {
  return status >= 500 || status === 429
}
