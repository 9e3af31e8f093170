/** Attempts at something that others may be in the way of, unless it says otherwise. */
export const ROUNDS_MAX = 5

/**
 * Makes attempts until one settles it. An attempt that lost a race answers undefined, and the next one begins anew, by reading, after a
 * random pause. Undefined when all rounds are used up: others were in the way each time. A store that was only slow is no such
 * loss: it throws (`transactOnce`), so whoever calls never blames others for it.
 */
export async function inRounds<Settled>(
  backOff: (round: number) => Promise<void>,
  attempt: () => Promise<Settled | undefined>,
  roundsMax = ROUNDS_MAX,
): Promise<Settled | undefined> {
  for (let round = 1; round <= roundsMax; round += 1) {
    const settled = await attempt()
    if (settled !== undefined) return settled
    if (round < roundsMax) await backOff(round)
  }
  return undefined
}
