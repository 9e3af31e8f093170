import type { Fault } from '@holdfast/dynamodb/faults'
import type { Random } from './random.ts'

// What can go wrong with one call. Each kind can be switched off, so that a failure can be traced with as little going on
// as possible.

/** Every kind of trouble that a run may have. */
export const troubles = [
  'conflicts',
  'throttling',
  'errors',
  'lost-before',
  'lost-after',
  'zombies',
  'crashes',
  'slowness',
  'skew',
  'repeats',
  'stream',
  'ttl',
  'bus',
  'queues',
  'timers',
  'receivers',
  'frost',
] as const

export type Trouble = (typeof troubles)[number]

/** How often each happens to one call; the seed makes a run calm, ordinary or wild. */
export interface Weather {
  /** Off is off whatever the dice say. */
  readonly off: ReadonlySet<Trouble>
  readonly intensity: number
}

/** What becomes of one call. Times are milliseconds. */
export interface Fate {
  /** Until the request arrives; undefined: never. */
  readonly arrives: number | undefined
  /** What is answered instead of the call being run. */
  readonly refusal:
    Extract<Fault, 'transaction-conflict' | 'throttle' | 'internal-error'> | undefined
  /** From the sending until the answer is there, or it is clear that there will be none. */
  readonly answers: number
  readonly isLost: boolean
  /** Until the sender dies of something else; undefined: it lives on. */
  readonly dies: number | undefined
}

/** A request may wander about for so long: short of the ten minutes of a client token, and more than any deadline. */
const WANDERING_MS_MAX = 5 * 60_000

/** The sender waits so long for an answer. */
const ANSWER_MS_MAX = 5_000

const probabilities = {
  conflicts: 0.012,
  throttling: 0.008,
  errors: 0.004,
  'lost-before': 0.006,
  'lost-after': 0.01,
  zombies: 0.006,
  crashes: 0.003,
  slowness: 0.01,
} as const

/** Throws the dice for one call. */
export function drawFate(random: Random, { off, intensity }: Weather, canConflict: boolean): Fate {
  // The same number of draws whatever is off, so that switching one kind off changes little else.
  const draws = Array.from({ length: 6 }, () => random.next()) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [kind, there, back, slow, death, wandering] = draws
  let left = kind
  const happens = (trouble: keyof typeof probabilities) => {
    const share = probabilities[trouble] * intensity
    left -= share
    return left < 0 && left >= -share && !off.has(trouble)
  }
  const isSlow = slow < probabilities.slowness * intensity && !off.has('slowness')
  const arrives = latency(there) + (isSlow ? slowness(wandering) : 0)
  const plain: Fate = {
    arrives,
    refusal: undefined,
    answers: arrives + latency(back),
    isLost: false,
    dies: deathOf(death, { off, intensity }, arrives),
  }
  const fate = kindOf(plain, { happens, canConflict, wandering })
  return fate.answers <= ANSWER_MS_MAX ? fate : { ...fate, answers: ANSWER_MS_MAX, isLost: true }
}

interface KindDraw {
  readonly happens: (trouble: keyof typeof probabilities) => boolean
  readonly canConflict: boolean
  readonly wandering: number
}

function kindOf(plain: Fate, { happens, canConflict, wandering }: KindDraw): Fate {
  if (happens('conflicts'))
    return canConflict ? { ...plain, refusal: 'transaction-conflict' } : plain
  if (happens('throttling')) return { ...plain, refusal: 'throttle' }
  if (happens('errors')) return { ...plain, refusal: 'internal-error' }
  if (happens('lost-before')) return { ...plain, arrives: undefined, isLost: true }
  if (happens('lost-after')) return { ...plain, isLost: true }
  if (happens('zombies')) return { ...plain, arrives: wanderingTime(wandering), isLost: true }
  return plain
}

/** A call in the middle of which the process ends: before the request arrives, or between arrival and answer. */
function deathOf(draw: number, { off, intensity }: Weather, arrives: number): number | undefined {
  const share = probabilities.crashes * intensity
  if (draw >= share || off.has('crashes')) return undefined
  return draw < share / 2 ? arrives / 2 : arrives
}

function latency(draw: number): number {
  return 1 + Math.floor(-8 * Math.log(1 - draw))
}

function slowness(draw: number): number {
  return Math.floor(50 * 2 ** (draw * 7))
}

/** From 50 ms to minutes, each order of magnitude as likely. */
function wanderingTime(draw: number): number {
  return Math.floor(50 * (WANDERING_MS_MAX / 50) ** draw)
}
