/** When requests may stay without a good answer, since somebody is breaking something. */
export class Trouble {
  #begun = 0
  #open = 0

  begin(): void {
    this.#begun += 1
    this.#open += 1
  }

  end(): void {
    this.#open -= 1
  }

  /** @returns Tells, later, whether there was any trouble between now and then. */
  watch(): () => boolean {
    const begunBefore = this.#open > 0 ? -1 : this.#begun
    return () => this.#begun !== begunBefore
  }
}
