import type { SaleEvents, Surroundings } from './sale.ts'

type Call<Name extends keyof SaleEvents> = (what: SaleEvents[Name]) => void

/** Who listens to a sale. */
export interface Events {
  on<Name extends keyof SaleEvents>(name: Name, call: Call<Name>): () => void
  emit<Name extends keyof SaleEvents>(name: Name, what: SaleEvents[Name]): void
}

/** Opens a list of listeners: one that throws is reported, and stops neither the others nor the sale. */
export function openEvents({ later }: Pick<Surroundings, 'later'>): Events {
  const calls: { [Name in keyof SaleEvents]: Set<Call<Name>> } = {
    loaded: new Set(),
    changed: new Set(),
    connection: new Set(),
    basket: new Set(),
    held: new Set(),
    refused: new Set(),
    released: new Set(),
    expired: new Set(),
  }
  return {
    on(name, call) {
      calls[name].add(call)
      return () => void calls[name].delete(call)
    },
    emit(name, what) {
      for (const call of [...calls[name]]) {
        try {
          call(what)
        } catch (error) {
          later(0, () => {
            throw error
          })
        }
      }
    },
  }
}
