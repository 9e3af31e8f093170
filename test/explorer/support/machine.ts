import type { Instant } from '../../../lib/clock.ts'
import { openInstance, type Actor, type End, type Instance, type Pending } from './instance.ts'
import type { Answer, TinyTable } from './tiny-table.ts'

// One actor as a graph: a node for each thing it can have heard, an edge for each answer. The production code runs only when
// an edge is walked for the first time; where another branch took the actor further, it is started again and told the same.
//
// 1. An actor learns nothing but answers, each with the time on its clock: its node is all there is to know of it. When it is
//    started again it must ask the same questions, or the explorer stops.
// 2. Calls that were sent together are joined by `Promise.all` or `p-limit`, which do not care who comes first. Two orders of
//    the same answers lead to one node, if in both no answer but the last made the actor do anything, and both leave it
//    waiting for the same. `mergesOrders: false` explores without that; a test compares.
// 3. An actor that sent the same twice, and was told the same twice in a row, is where it was after the first time: counters of
//    attempts only scale its pauses. So waiting for another's end is a loop in the graph, and not a path without end.

/** What an actor has heard so far. */
export interface Local {
  readonly id: number
  readonly pending: readonly Pending[]
  readonly end: End | undefined
}

/** An actor's graph, which grows as it is walked. */
export interface Machine {
  readonly actor: Actor
  /** Before its work begins. */
  readonly idle: Local
  start(job: string, now: Instant): Promise<Local>
  next(local: Local, heard: Heard): Promise<Local>
  /** How many nodes there are. */
  size(): number
}

/** One answer, when it was heard. */
export interface Heard {
  readonly slot: number
  readonly answer: Answer
  readonly now: Instant
}

interface Node extends Local {
  readonly start: { readonly job: string; readonly now: Instant }
  readonly parent: Node | undefined
  readonly heard: Heard | undefined
  /** The question and what was answered: what makes two turns of a loop the same. */
  readonly turn: string
  readonly next: Map<string, Node>
  /** The node since which no answer made the actor do anything, and those answers. */
  readonly base: { readonly id: number; readonly texts: readonly string[] }
  /** The actor itself, until a branch takes it along. */
  instance: Instance | undefined
}

/** Turns of a loop may take so many answers. */
const TURN_ANSWERS_MAX = 6

/** Builds an actor's graph. */
export function machineOf(
  table: TinyTable,
  actor: Actor,
  { mergesOrders, rounds, nextId }: { mergesOrders: boolean; rounds: number; nextId: () => number },
): Machine {
  const starts = new Map<string, Node>()
  const merged = new Map<string, Node>()
  let size = 0

  function nodeOf(
    instance: Instance,
    rest: Omit<Node, 'id' | 'pending' | 'end' | 'next' | 'instance' | 'base'>,
    base: Node['base'] | undefined,
  ): Node {
    size += 1
    const id = nextId()
    const own = { id, texts: [] }
    const [pending, end] = [instance.pending(), instance.end()]
    return { ...rest, id, pending, end, next: new Map(), instance, base: base ?? own }
  }

  async function walk(from: Node, heard: Heard): Promise<Node> {
    const instance = await takeInstance(from)
    const { hasLooked } = await instance.answer(heard.slot, heard.answer, heard.now)
    const text = textOf(heard, hasLooked)
    const texts = [...from.base.texts, text]
    const base = isQuiet(from, instance) ? { id: from.base.id, texts } : undefined
    // Whoever comes last looks at the clock, for what follows.
    const orders = [...from.base.texts, textOf(heard, false)].toSorted()
    const name = [from.base.id, hasLooked ? heard.now : 0, ...orders].join('\n')
    const asked = from.pending.find(({ slot }) => slot === heard.slot)
    const turn = `${asked?.request.id ?? 0} ${text.slice(text.indexOf(' '))}`
    const node = nodeOf(instance, { start: from.start, parent: from, heard, turn }, base)
    const found = loopStart(node) ?? (mergesOrders ? otherOrder(node, name) : node)
    from.next.set(text, found)
    return found
  }

  async function takeInstance(node: Node): Promise<Instance> {
    const { instance } = node
    if (instance !== undefined) {
      node.instance = undefined
      return instance
    }
    const path: Node[] = []
    for (let at = node; at.parent !== undefined; at = at.parent) path.unshift(at)
    const again = await openInstance(table, actor, { ...node.start, rounds })
    for (const { heard } of path)
      if (heard !== undefined) await again.answer(heard.slot, heard.answer, heard.now)
    if (waitsFor(again.pending()) !== waitsFor(node.pending)) {
      throw new Error(`${actor.name} does not do the same when it is told the same`)
    }
    return again
  }

  /** The node that the same answers in another order led to, if it looks the same from outside. */
  function otherOrder(node: Node, name: string): Node {
    const other = merged.get(name)
    if (other === undefined) merged.set(name, node)
    return other !== undefined && looksLike(other, node) ? other : node
  }

  return {
    actor,
    idle: { id: nextId(), pending: [], end: undefined },
    size: () => size,
    async start(job, now) {
      const name = `${job} ${now}`
      const known = starts.get(name)
      if (known !== undefined) return known
      const instance = await openInstance(table, actor, { job, now, rounds })
      const node = nodeOf(
        instance,
        { start: { job, now }, parent: undefined, heard: undefined, turn: '' },
        undefined,
      )
      starts.set(name, node)
      return node
    },
    async next(local, heard) {
      const from = local as Node
      const known = from.next.get(textOf(heard, false)) ?? from.next.get(textOf(heard, true))
      return known ?? walk(from, heard)
    },
  }
}

/** An answer as text; the time matters only where the actor looked at its clock. */
function textOf({ slot, answer, now }: Heard, hasLooked: boolean): string {
  return hasLooked ? `${slot} ${answer.text} at ${now}` : `${slot} ${answer.text}`
}

/** Whether the last answer made the actor do nothing: it only waits for one answer less. */
function isQuiet(from: Node, instance: Instance): boolean {
  const pending = instance.pending()
  const [before, last] = [from.pending.at(-1)?.slot ?? 0, pending.at(-1)?.slot ?? 0]
  if (pending.length === 0 && instance.end() === undefined) {
    throw new Error('An actor waits for nothing, and is not at its end')
  }
  return instance.end() === undefined && last <= before
}

function looksLike(one: Node, other: Node): boolean {
  return (
    waitsFor(one.pending) === waitsFor(other.pending) &&
    JSON.stringify(one.end) === JSON.stringify(other.end)
  )
}

function waitsFor(pending: readonly Pending[]): string {
  return pending.map(({ slot, request, sentAt }) => `${slot} ${request.id} ${sentAt}`).join('\n')
}

/** The node one turn ago, if this turn and the one before it were the same, and it waits for the same. */
function loopStart(node: Node): Node | undefined {
  if (node.end !== undefined) return undefined
  const turns: string[] = []
  const places: Node[] = [node]
  for (
    let at = node;
    at.parent !== undefined && turns.length < 2 * TURN_ANSWERS_MAX;
    at = at.parent
  ) {
    turns.push(at.turn)
    places.push(at.parent)
  }
  for (let length = 1; 2 * length <= turns.length; length += 1) {
    const isTwice = turns.slice(0, length).every((turn, index) => turn === turns[length + index])
    const before = places[length]
    if (isTwice && before !== undefined && asksFor(before) === asksFor(node)) return before
  }
  return undefined
}

function asksFor({ pending }: Node): string {
  return pending.map(({ request, sentAt }) => `${request.id} ${sentAt}`).join('\n')
}
