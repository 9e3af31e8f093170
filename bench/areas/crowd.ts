import { diceOf } from '../dice.ts'
import { sum, type Cost } from '../meter.ts'
import { openLoadedTable } from './loaded-table.ts'
import type { OpenPlaceSeller, PlaceAnswer } from './place-seller.ts'

// A crowd buys places of one area: each buyer asks once for one to four, and they come at random moments, so many a second on
// average. Every answer is held against the table at the moment when it comes.

/** Places of the area. */
export const CAPACITY = 5_000

/** That one buyer asks for. */
const PLACES_WANTED_MAX = 4

const SECOND_MS = 1_000

/** More than the longest sale takes, with all pauses. */
const PATIENCE_MS = 3_600 * SECOND_MS

/** Who comes. */
export interface PlaceCrowd {
  readonly buyers: number
  /** On average. */
  readonly perSecond: number
  readonly seed: number
}

/** How one buyer fared. */
export interface Told {
  readonly places: number
  readonly answer: PlaceAnswer
  readonly ms: number
  /** Places that had been given when the answer came, this one's too. */
  readonly given: number
  /** Those that were taken by the table then, where it was that there are not enough. */
  readonly taken?: number
  /** What the table was asked by everybody since the answer before. */
  readonly spent: Cost
}

/**
 * Lets a crowd hold places of an area; answers in the order of the answers. Throws when they and the table do not agree, and when somebody
 * is refused places of which there are enough.
 */
export async function sell(
  open: OpenPlaceSeller,
  { buyers, perSecond, seed }: PlaceCrowd,
): Promise<Told[]> {
  const loaded = await openLoadedTable(seed)
  const { scheduler } = loaded
  const seller = await open(loaded, CAPACITY)
  const dice = diceOf(seed)
  const told: Told[] = []
  let given = 0
  const buy = async (buyer: number, places: number): Promise<void> => {
    const from = scheduler.now()
    const answer = await seller.hold({ token: `token-of-buyer-${buyer}`, places })
    const ms = scheduler.now() - from
    if (answer === 'done') given += places
    const then = answer === 'sold-out' ? { taken: await seller.taken() } : {}
    told.push({ places, answer, ms, given, spent: loaded.take(), ...then })
  }
  loaded.load()
  const faults: unknown[] = []
  let at = 0
  for (let buyer = 1; buyer <= buyers; buyer += 1) {
    at += (-Math.log(1 - dice()) * SECOND_MS) / perSecond
    const places = 1 + Math.floor(dice() * PLACES_WANTED_MAX)
    scheduler.after(at, () => {
      buy(buyer, places).catch((error: unknown) => faults.push(error))
    })
  }
  await scheduler.runDry(PATIENCE_MS)
  if (faults.length > 0) throw faults[0]
  compare(told, await seller.taken())
  return told
}

/** No place too many, none that nobody has, and none left over for whoever was refused it. */
function compare(told: readonly Told[], taken: number): void {
  const { places } = summary(told)
  if (places !== taken) throw new Error(`${places} places were sold and ${taken} are taken`)
  if (taken > CAPACITY) throw new Error(`${taken} places are taken of ${CAPACITY}`)
  for (const { places: wanted, taken: then = CAPACITY } of told) {
    if (then + wanted > CAPACITY) continue
    throw new Error(`${wanted} places were refused when ${then} were taken`)
  }
}

/** How buyers fared together. */
export interface Summary {
  readonly buyers: number
  /** Places that were given. */
  readonly places: number
  readonly held: number
  readonly busy: number
  readonly soldOut: number
  /** For whom others or the table were in the way for too long, of all. */
  readonly busyShare: number
  readonly cost: Cost
}

/** Adds up how buyers fared. */
export function summary(told: readonly Told[]): Summary {
  const count = (wanted: PlaceAnswer) => told.filter(({ answer }) => answer === wanted).length
  const busy = count('busy')
  return {
    buyers: told.length,
    places: told.reduce((all, { answer, places }) => all + (answer === 'done' ? places : 0), 0),
    held: count('done'),
    busy,
    soldOut: count('sold-out'),
    busyShare: told.length === 0 ? 0 : busy / told.length,
    cost: sum(told.map(({ spent }) => spent)),
  }
}
