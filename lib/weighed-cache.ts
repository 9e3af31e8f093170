/** Remembers values up to a weight in all; beyond that it forgets those that were unused for longest. */
export class WeighedCache<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly weight: number }>()
  readonly #weightMax: number
  #weight = 0

  constructor(weightMax: number) {
    this.#weightMax = weightMax
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  get(name: string): Value | undefined {
    const entry = this.#entries.get(name)
    if (entry === undefined) return undefined
    this.#entries.delete(name)
    this.#entries.set(name, entry)
    return entry.value
  }

  /** Keeps what is there already: two requests may have made the same at once. The newest stays, however heavy. */
  add(name: string, make: () => { readonly value: Value; readonly weight: number }): Value {
    const known = this.get(name)
    if (known !== undefined) return known
    const entry = make()
    this.#entries.set(name, entry)
    this.#weight += entry.weight
    for (const [oldest, { weight }] of this.#entries) {
      if (this.#weight <= this.#weightMax || oldest === name) break
      this.#entries.delete(oldest)
      this.#weight -= weight
    }
    return entry.value
  }
}
