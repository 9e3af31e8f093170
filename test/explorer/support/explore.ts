import type { OpenStage } from './stage.ts'
import { numbersOf, type Choice, type State } from './state.ts'
import { choicesOf, take } from './steps.ts'
import { openVisited } from './visited.ts'
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
}

/** Explores until everything within the bounds was seen, something is wrong, or it is time to stop. */
export async function explore(stage: OpenStage, limits: Limits = {}): Promise<Explored> {
  const walk = openWalk(stage, limits)
  await walk.begin()
  while (walk.isOpen()) {
    const isDone = await walk.layer()
    if (!isDone) break
    limits.onLayer?.(walk.explored())
  }
  return walk.explored()
}

function openWalk(stage: OpenStage, { isOver, statesMax = Infinity, onState }: Limits) {
  const visited = openVisited()
  const numbers: number[] = []
  /** For each state the state before it and the place of the choice among that one's. */
  const parents: number[] = []
  const chosen: number[] = []
  let layer: Layer = { states: [], ways: [] }
  let first = 0
  let [steps, paths, faults, depth] = [0, 0, 0, 0]
  let violation: Found | undefined

  async function arrive(
    state: State,
    from: { parent: number; choice: number; ways: number },
    next: Layer,
    nextFirst: number,
  ) {
    numbersOf(state, numbers)
    if (visited.add(numbers)) {
      parents.push(from.parent)
      chosen.push(from.choice)
      next.states.push(state)
      next.ways.push(from.ways)
      onState?.(state)
      await stage.judge(state)
      return
    }
    const place = visited.last() - nextFirst
    if (place >= 0 && next.ways[place] !== undefined) next.ways[place] += from.ways
    else paths += from.ways
  }

  async function pathTo(parent: number, choice: number | undefined): Promise<string[]> {
    const places = choice === undefined ? [] : [choice]
    let at = parent
    for (; (parents[at] ?? -1) >= 0; at = parents[at] ?? -1) places.unshift(chosen[at] ?? 0)
    const beginning = chosen[at] ?? 0
    let state = (await stage.beginnings())[beginning]
    const texts = [`begin:${beginning}`]
    for (const [index, place] of places.entries()) {
      if (state === undefined) break
      const it: Choice | undefined = choicesOf(stage, state)[place]
      if (it === undefined) break
      texts.push(it.text)
      if (index < places.length - 1) state = await take(stage, state, it)
    }
    return texts
  }

  async function step(
    state: State,
    choices: readonly Choice[],
    from: { index: number; ways: number; next: Layer; nextFirst: number },
  ) {
    for (const [place, choice] of choices.entries()) {
      steps += 1
      if (isFault(choice)) faults += 1
      const come = { parent: from.index, choice: place, ways: from.ways }
      try {
        await arrive(await take(stage, state, choice), come, from.next, from.nextFirst)
      } catch (error) {
        if (!(error instanceof Violation)) throw await explained(error, from.index, place)
        violation = { choices: await pathTo(from.index, place), message: error.message }
        return
      }
    }
  }

  async function explained(error: unknown, index: number, place: number) {
    const path = (await pathTo(index, place)).join(' ')
    return new Error(`The explorer failed at: ${path}`, { cause: error })
  }

  return {
    isOpen: () => layer.states.length > 0 && violation === undefined,
    async begin() {
      for (const [index, state] of (await stage.beginnings()).entries()) {
        await arrive(state, { parent: -1, choice: index, ways: 1 }, layer, 0)
      }
    },
    /** False when it stopped early. */
    async layer(): Promise<boolean> {
      const next: Layer = { states: [], ways: [] }
      const nextFirst = first + layer.states.length
      for (const [place, state] of layer.states.entries()) {
        if (visited.size() >= statesMax || isOver?.() === true) return false
        const choices = choicesOf(stage, state)
        const ways = layer.ways[place] ?? 1
        if (choices.length === 0) paths += ways
        await step(state, choices, { index: first + place, ways, next, nextFirst })
        if (violation !== undefined) return false
      }
      depth += 1
      layer = next
      first = nextFirst
      return true
    },
    explored: (): Explored => ({
      states: visited.size(),
      steps,
      paths,
      faults,
      depth,
      recoveries: stage.recoveries(),
      isComplete: layer.states.length === 0 && violation === undefined,
      violation,
    }),
  }
}

function isFault({ kind }: Choice): boolean {
  return kind === 'lose' || kind === 'delay' || kind === 'turn-away' || kind === 'recover'
}
