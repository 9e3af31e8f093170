import type { OpenStage } from './stage.ts'
import { numbersOf, type Choice, type State } from './state.ts'
import { choicesOf, take } from './steps.ts'
import { openVisited, type Visited } from './visited.ts'
import { Violation } from './rules.ts'

// Walks the graph of states, the nearest first: so a violation that is found has no shorter way to it.

/** What was walked. */
export interface Explored {
  readonly states: number
  readonly steps: number
  /** Different lists of choices, where they have not come together before: a lower bound. */
  readonly paths: number
  /** Steps at which something went wrong. */
  readonly faults: number
  /** Different situations in which everybody stopped, and recovery ran. */
  readonly recoveries: number
  /** The longest list of choices. */
  readonly depth: number
  /** Whether all states within the bounds were seen. */
  readonly isComplete: boolean
  readonly violation: Found | undefined
}

/** Something that is not as it must be, and how it came to it. */
export interface Found {
  readonly choices: readonly string[]
  readonly message: string
}

/** When to stop early. */
export interface Limits {
  readonly isOver?: () => boolean
  readonly statesMax?: number
  /** Told of every state. */
  readonly onState?: (state: State) => void
  readonly onLayer?: (so: Explored) => void
}

/** States of one distance from the beginning, and in how many ways each was reached. */
interface Layer {
  readonly states: State[]
  readonly ways: number[]
  /** The number of the first of them. */
  readonly first: number
}

/** An exploration that is under way. */
interface Walk {
  readonly stage: OpenStage
  readonly limits: Limits
  readonly visited: Visited
  /** For each state the state before it, and the place of the choice among that one's. */
  readonly parents: number[]
  readonly chosen: number[]
  layer: Layer
  steps: number
  paths: number
  faults: number
  depth: number
  violation: Found | undefined
}

/** How a state was reached: a choice of another state; or, before the first, a beginning. */
interface Come {
  readonly parent: number
  readonly choice: number
  readonly ways: number
}

/** Explores until everything within the bounds was seen, something is wrong, or it is time to stop. */
export async function explore(stage: OpenStage, limits: Limits = {}): Promise<Explored> {
  const walk = openWalk(stage, limits)
  for (const [choice, state] of (await stage.beginnings()).entries()) {
    await arrive(walk, walk.layer, { state, come: { parent: -1, choice, ways: 1 } })
  }
  while (walk.layer.states.length > 0) {
    const next = await nextLayer(walk)
    if (next === undefined) break
    walk.layer = next
    walk.depth += 1
    limits.onLayer?.(exploredBy(walk))
  }
  return exploredBy(walk)
}

function openWalk(stage: OpenStage, limits: Limits): Walk {
  const layer: Layer = { states: [], ways: [], first: 0 }
  const lists = { visited: openVisited(), parents: [], chosen: [] }
  const counts = { steps: 0, paths: 0, faults: 0, depth: 0 }
  return { stage, limits, layer, ...lists, ...counts, violation: undefined }
}

/** The states one step further; undefined when it stopped before all of them were seen. */
async function nextLayer(walk: Walk): Promise<Layer | undefined> {
  const { layer, limits, visited } = walk
  const next: Layer = { states: [], ways: [], first: layer.first + layer.states.length }
  for (const [place, state] of layer.states.entries()) {
    const isFull = visited.size() >= (limits.statesMax ?? Infinity)
    if (isFull || limits.isOver?.() === true) return undefined
    const come = { parent: layer.first + place, ways: layer.ways[place] ?? 1 }
    await leave(walk, next, { state, come })
    if (walk.violation !== undefined) return undefined
  }
  return next
}

/** Makes every choice of a state. */
async function leave(
  walk: Walk,
  next: Layer,
  { state, come }: { state: State; come: Omit<Come, 'choice'> },
): Promise<void> {
  const choices = choicesOf(walk.stage, state)
  if (choices.length === 0) walk.paths += come.ways
  for (const [choice, it] of choices.entries()) {
    walk.steps += 1
    if (isFault(it)) walk.faults += 1
    try {
      const reached = await take(walk.stage, state, it)
      await arrive(walk, next, { state: reached, come: { ...come, choice } })
    } catch (error) {
      const path = await pathTo(walk, { parent: come.parent, choice })
      if (!(error instanceof Violation)) {
        throw new Error(`The explorer failed at: ${path.join(' ')}`, { cause: error })
      }
      walk.violation = { choices: path, message: error.message }
      return
    }
  }
}

/** Adds a state that was not seen before, and judges it. */
async function arrive(
  walk: Walk,
  next: Layer,
  { state, come }: { state: State; come: Come },
): Promise<void> {
  const { stage, limits, visited, parents, chosen } = walk
  if (visited.add(numbersOf(state))) {
    parents.push(come.parent)
    chosen.push(come.choice)
    next.states.push(state)
    next.ways.push(come.ways)
    limits.onState?.(state)
    await stage.judge(state)
    return
  }
  const place = visited.last() - next.first
  const ways = next.ways[place]
  if (ways !== undefined) next.ways[place] = ways + come.ways
  else walk.paths += come.ways
}

/** The choices that lead from the beginning to a choice of a state. */
async function pathTo(
  { stage, parents, chosen }: Walk,
  { parent, choice }: Omit<Come, 'ways'>,
): Promise<string[]> {
  const places = [choice]
  let at = parent
  for (; (parents[at] ?? -1) >= 0; at = parents[at] ?? -1) places.unshift(chosen[at] ?? 0)
  const beginning = chosen[at] ?? 0
  let state = (await stage.beginnings())[beginning]
  const texts = [`begin:${beginning}`]
  for (const [index, place] of places.entries()) {
    const it: Choice | undefined = state && choicesOf(stage, state)[place]
    if (state === undefined || it === undefined) throw new Error('A path cannot be found again')
    texts.push(it.text)
    if (index < places.length - 1) state = await take(stage, state, it)
  }
  return texts
}

function exploredBy(walk: Walk): Explored {
  const { stage, layer, visited, steps, paths, faults, depth, violation } = walk
  return {
    states: visited.size(),
    steps,
    paths,
    faults,
    depth,
    recoveries: stage.recoveries(),
    isComplete: layer.states.length === 0,
    violation,
  }
}

function isFault({ kind }: Choice): boolean {
  return kind === 'lose' || kind === 'delay' || kind === 'turn-away' || kind === 'recover'
}
