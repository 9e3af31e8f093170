import type { Instant } from '../../../../lib/clock.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import {
  lost,
  openInstance,
  type Actor,
  type Effect,
  type End,
  type Instance,
  type Pending,
} from './instance.ts'
import type { Answer, TinyTable } from './tiny-table.ts'

// One actor as a graph: a node for each thing it can have heard, an edge for each answer. The production code runs only when
// an edge is walked for the first time; where another branch took the actor further, it is started again and told the same.
//
// 1. An actor learns nothing but answers, each with the time on its clock, and the time matters only if it looks: what it has
//    heard is all there is to know of it. When it is started again it must ask the same questions, or the explorer stops.
// 2. An actor that sent the same twice, and was told the same twice in a row, is where it was after the first time: counters of
//    attempts only scale its pauses. So waiting for another's end is a loop in the graph, and not a path without end.
//
// Three more nodes are one, where `merges` is on; a test compares what comes of a scene with it and without.
//
// 3. Calls that were sent together begin tasks that know nothing of each other, until `Promise.all` or `p-limit` joins them, which
//    do not care who comes first: what each task was told is remembered, and in which order the tasks went on is not.
// 4. A call that is sent again after a lost answer is a turn of a loop that remembers nothing when it ends (`writeItem`,
//    `lockRow`, `transact`, `decideOperation`): what was lost is forgotten once it is answered, and of single writes at once; but for a
//    transaction that is cancelled, which may have to be sent again for that. A lock that is refused because it is there already is the same as a lock.
// 5. A request that is about to commit remembers its round and the rows as it knows them; one that was told that it is recorded
//    already, nothing at all. The actors say so (see actors.ts).
// 6. When a single write is sent, the time is kept for giving up on that write, and forgotten once it is answered.

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

interface Node extends Local, Memory {
  readonly start: { readonly job: string; readonly now: Instant }
  readonly parent: Node | undefined
  readonly heard: Heard | undefined
  /** The question and what was answered: what makes two turns of a loop the same. */
  readonly turn: string
  readonly next: Map<string, Node>
  /** The actor itself, until a branch takes it along. */
  instance: Instance | undefined
}

/** What an actor remembers. */
interface Memory {
  /** All until it last waited for nothing but one answer: equal numbers for equal pasts. */
  readonly line: number
  /** What it was told since, in which task. */
  readonly told: readonly string[]
  /** Calls that were sent together begin tasks that do not know of each other; by slot. */
  readonly tasks: ReadonlyMap<number, number>
}

type Rest = Omit<Node, keyof Local | 'next' | 'instance'>

interface Hearing {
  readonly asked: Pending
  readonly heard: Heard
  readonly effect: Effect
  readonly instance: Instance
}

/** Turns of a loop may take so many answers. */
const TURN_ANSWERS_MAX = 6

/** What all nodes of an actor share. */
interface Graph {
  readonly table: TinyTable
  readonly actor: Actor
  readonly options: Options
  readonly starts: Map<string, Node>
  /** Nodes by what the actor remembers, asks and was told in the end. */
  readonly known: Map<string, Node>
  readonly lines: Map<string, number>
  size: number
}

/** How to build a graph. */
export interface Options {
  /** Whether nodes are one that are the same to the actor. */
  readonly merges: boolean
  readonly rounds: number
  /** Numbers that no other actor's nodes have. */
  readonly nextId: () => number
}

/** Builds an actor's graph. */
export function machineOf(table: TinyTable, actor: Actor, options: Options): Machine {
  const maps = { starts: new Map(), known: new Map(), lines: new Map() }
  const graph: Graph = { table, actor, options, ...maps, size: 0 }
  return {
    actor,
    idle: { id: options.nextId(), pending: [], end: undefined },
    size: () => graph.size,
    start: (job, now) => start(graph, { job, now }),
    async next(local, heard) {
      const from = local as Node
      const next = from.next.get(textOf(heard, false)) ?? from.next.get(textOf(heard, true))
      return next ?? walk(graph, from, heard)
    },
  }
}

async function start(graph: Graph, begin: Node['start']): Promise<Node> {
  const name = `${begin.job} ${begin.now}`
  const before = graph.starts.get(name)
  if (before !== undefined) return before
  const { table, actor, options } = graph
  const instance = await openInstance(table, actor, { ...begin, rounds: options.rounds })
  const tasks = tasksOf(instance.pending())
  const memory = { line: lineOf(graph, `start ${name}`), told: [], tasks }
  const nothing = { parent: undefined, heard: undefined, turn: '' }
  const node = nodeOf(graph, instance, { start: begin, ...nothing, ...memory })
  graph.starts.set(name, node)
  return node
}

async function walk(graph: Graph, from: Node, heard: Heard): Promise<Node> {
  const { actor, options } = graph
  const asked = from.pending.find(({ slot }) => slot === heard.slot)
  if (asked === undefined) throw new Error(`${actor.name} waits for no answer ${heard.slot}`)
  const instance = await takeInstance(graph, from)
  const effect = await instance.answer(heard.slot, heard.answer, heard.now)
  const text = textOf(heard, effect.hasLooked)
  const turn = `${asked.request.id} ${text.slice(text.indexOf(' '))}`
  const memory = remember(graph, from, { asked, heard, effect, instance })
  const node = nodeOf(graph, instance, { start: from.start, parent: from, heard, turn, ...memory })
  if (node.pending.length === 0 && node.end === undefined) {
    throw new Error(`${actor.name} waits for nothing, and is not at its end`)
  }
  const found = loopStart(node) ?? (options.merges ? sameAs(graph, node, { from, asked }) : node)
  from.next.set(text, found)
  return found
}

function nodeOf(graph: Graph, instance: Instance, rest: Rest): Node {
  graph.size += 1
  const [pending, end] = [instance.pending(), instance.end()]
  return { ...rest, id: graph.options.nextId(), pending, end, next: new Map(), instance }
}

/** The actor itself; where another branch took it along, it is started again and told the same. */
async function takeInstance({ table, actor, options }: Graph, node: Node): Promise<Instance> {
  const { instance } = node
  if (instance !== undefined) {
    node.instance = undefined
    return instance
  }
  const path: Heard[] = []
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.heard !== undefined) path.unshift(at.heard)
  }
  const again = await openInstance(table, actor, { ...node.start, rounds: options.rounds })
  for (const { slot, answer, now } of path) await again.answer(slot, answer, now)
  if (waitsFor(again.pending()) !== waitsFor(node.pending)) {
    throw new Error(`${actor.name} does not do the same when it is told the same`)
  }
  return again
}

/** What the actor remembers after an answer. */
function remember(graph: Graph, from: Node, { asked, heard, effect, instance }: Hearing): Memory {
  const { hasLooked, memory } = effect
  const pending = instance.pending()
  if (memory !== undefined) {
    return { line: lineOf(graph, `only ${memory}`), told: [], tasks: tasksOf(pending) }
  }
  const task = from.tasks.get(asked.slot) ?? 0
  const name = `${task} ${asked.request.id}`
  const isOver = !heard.answer.text.startsWith('cancelled')
  const told = from.told
    .filter((text) => !isOver || text !== `${name} ${lost.text}`)
    .concat(`${name} ${plainText(asked, heard.answer)}`)
    .sort()
  if (from.pending.length > 1 || asksFor(from.pending) === asksFor(pending)) {
    const tasks = new Map(pending.map(({ slot }) => [slot, from.tasks.get(slot) ?? task]))
    return { line: from.line, told, tasks }
  }
  const isForgotten = pending.length > 0 && pending.every(isSingleWrite)
  const time = hasLooked && !isForgotten ? heard.now : 0
  const line = lineOf(graph, [from.line, time, ...told].join('\n'))
  return { line, told: [], tasks: tasksOf(pending) }
}

function lineOf({ lines }: Graph, text: string): number {
  const line = lines.get(text) ?? lines.size
  lines.set(text, line)
  return line
}

/** The node that is the same to the actor, if there is one. */
function sameAs(
  { known }: Graph,
  node: Node,
  { from, asked }: { from: Node; asked: Pending },
): Node {
  const isAgain = node.heard?.answer === lost && isSingleWrite(asked)
  if (isAgain && asksFor(from.pending) === asksFor(node.pending)) return from
  const { line, told, pending, end } = node
  const name = [line, ...told, asksFor(pending), JSON.stringify(end)].join('\n')
  const other = known.get(name)
  if (other === undefined) known.set(name, node)
  return other ?? node
}

/** An answer as text; the time matters only where the actor looked at its clock. */
function textOf({ slot, answer, now }: Heard, hasLooked: boolean): string {
  return hasLooked ? `${slot} ${answer.text} at ${now}` : `${slot} ${answer.text}`
}

function tasksOf(pending: readonly Pending[]): ReadonlyMap<number, number> {
  return new Map(pending.map(({ slot }, task) => [slot, task]))
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
    if (isTwice && before !== undefined && asksFor(before.pending) === asksFor(node.pending))
      return before
  }
  return undefined
}

/** What an actor asks, in whatever order. */
function asksFor(pending: readonly Pending[]): string {
  return pending
    .map(({ request, sentAt }) => `${request.id} ${sentAt}`)
    .sort()
    .join('\n')
}

function isSingleWrite({ request: { operation } }: Pending): boolean {
  return operation === 'PutItem' || operation === 'UpdateItem'
}

/** An answer as text; a lock that is refused for being there already is the same as a lock. */
function plainText({ request }: Pending, { text, make }: Answer): string {
  const { ':lk': own, ':ln': effect } = (request.input['ExpressionAttributeValues'] ?? {}) as Item
  if (own === undefined || effect === undefined || !text.startsWith('refused')) return text
  const { Item: item } = make() as { Item?: Record<string, { S?: string }> }
  return item?.['lk']?.S === own ? 'ok' : text
}
