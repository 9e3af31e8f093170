import type { Surroundings } from './sale.ts'

// Whose basket a tab's is. A duplicated tab begins with a copy of the storage: the token in it is still claimed by the first, so the
// second makes one of its own.

/** The claim of one tab to its token. */
export interface Tenure {
  /** Takes a token that was kept; answers whether it is this tab's. */
  take(token: string): Promise<boolean>
  giveUp(): void
}

/** Opens it without a token. */
export function openTenure({ claim }: Pick<Surroundings, 'claim'>): Tenure {
  let turn = 0
  let release: (() => void) | undefined
  const giveUp = () => {
    turn += 1
    release?.()
    release = undefined
  }
  return {
    giveUp,
    async take(token) {
      giveUp()
      const mine = turn
      const claimed = await claim?.(`holdfast-basket ${token}`).catch(() => () => undefined)
      if (claim === undefined) return true
      if (mine !== turn) claimed?.()
      else release = claimed
      return claimed !== undefined
    },
  }
}
