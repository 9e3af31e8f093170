import { partitionStarts } from '../../../../lib/store/table/partitions.ts'
import type { Key } from '../../../../lib/store/table/table.ts'
import { isDead } from './dead-calls.ts'
import { nameOf, namesOf } from './call-names.ts'
import { clockOf, lost, type Pending } from './instance.ts'
import type { Heard, Local } from './machine.ts'
import type { Choice, Stage, State, Stray } from './state.ts'
import { allLarge } from './view.ts'
import { conflict, type Answer, type Request } from './tiny-table.ts'

// The steps from one state of a whole scene to others.
//
// 1. A call happens in one moment. Its answer is heard at once: hearing it later changes nothing but the time on the clock of
//    the actor, and so an answer that is late is a choice of its own, while time can still pass.
// 2. A call whose answer is lost may apply at any later moment, or never. So "applied, but the answer was lost" is a lost answer
//    whose call lands next, and "never arrived" is one that does not land.
// 3. A crash is an actor that is never heard of again. Each state is judged as if everybody had crashed in it (see rest.ts), and
//    each actor's calls wait for as long as others like; so a crash at every await is there without a step of its own.
// 4. Calls that touch only what nobody else can see or change are made at once: reads of the chart and of an operation's details,
//    which never change, and the writing of details, which nobody looks for before there is a header.
// 5. A late call that would be refused now is not let land now: that would be the same as waiting.

/** Every step that can be next. */
export function choicesOf(stage: Stage, state: State): Choice[] {
  const { scene } = stage
  const choices: Choice[] = []
  for (const [role, local] of state.locals.entries()) {
    const name = scene.roles[role]?.name ?? ''
    const names = namesOf(local.pending)
    for (const [place, pending] of local.pending.entries()) {
      const text = `${name}:${names[place] ?? ''}`
      choices.push(...callChoices(stage, state, { role, text, pending }))
    }
  }
  const strays = namesOf(state.strays.map(({ pending }) => pending))
  for (const [place, stray] of state.strays.entries()) {
    const isIdle = stage.tiny.run(state.table, stray.pending.request).table === state.table
    const text = `land:${scene.roles[stray.role]?.name ?? ''}:${strays[place] ?? ''}`
    if (!isIdle) choices.push({ kind: 'land', text, stray })
  }
  for (const late of state.late) {
    const text = `deliver:${scene.roles[late.role]?.name ?? ''}:${nameOf(late.request)}`
    if (late.since < state.time) choices.push({ kind: 'deliver', text, late })
  }
  choices.push(...workChoices(stage, state))
  if (state.time + 1 < scene.times.length) choices.push({ kind: 'wait', text: 'wait' })
  if (state.recoveries > 0 && needsRecovery(stage, state)) {
    choices.push({ kind: 'recover', text: 'recover' })
  }
  return choices
}

function needsRecovery({ catalog }: Stage, { table, alarms }: State): boolean {
  return (
    alarms.length > 0 || allLarge(catalog, table).some(({ header }) => header['fin'] === undefined)
  )
}

function callChoices(
  { bounds, scene }: Stage,
  state: State,
  { role, text: at, pending }: { role: number; text: string; pending: Pending },
): Choice[] {
  if (state.late.some((late) => late.role === role && late.request === pending.request)) return []
  const choices: Choice[] = [{ kind: 'hear', text: at, role, pending }]
  if (state.faults === 0) return choices
  const may = new Set(bounds.kinds)
  const isWrite = pending.request.isWrite && !pending.isRepeated
  if (isWrite && may.has('lost')) choices.push({ kind: 'lose', text: `${at}!`, role, pending })
  if (isWrite && may.has('conflict'))
    choices.push({ kind: 'turn-away', text: `${at}-`, role, pending })
  if (may.has('late') && state.time + 1 < scene.times.length) {
    choices.push({ kind: 'delay', text: `${at}~`, role, pending })
  }
  return choices
}

function workChoices({ scene, catalog }: Stage, { jobs, table, alarms, locals }: State): Choice[] {
  if (jobs === 0) return []
  return scene.roles.flatMap((it, role) => {
    const isIdle = locals[role]?.pending.length === 0
    if (it.jobs === undefined || !isIdle) return []
    return it
      .jobs(catalog, table, alarms)
      .map((job): Choice => ({ kind: 'work', text: `${it.name}=${job.name}`, role, job }))
  })
}

/** Makes a step; an actor that heard something goes on until it waits again. */
export async function take(stage: Stage, state: State, choice: Choice): Promise<State> {
  const faults = state.faults - 1
  switch (choice.kind) {
    case 'hear': {
      const { answer, after } = call(stage, state, choice)
      return hear(stage, after, { ...choice, answer })
    }
    case 'lose': {
      const strays = inOrder([...state.strays, { role: choice.role, pending: choice.pending }])
      return hear(stage, { ...state, strays, faults }, { ...choice, answer: lost })
    }
    case 'turn-away':
      return hear(
        stage,
        { ...state, faults },
        { ...choice, answer: conflict(choice.pending.request) },
      )
    case 'delay': {
      const { answer, after } = call(stage, state, choice)
      const { request } = choice.pending
      const late = { role: choice.role, request, answer, since: state.time }
      return settle(stage, { ...after, late: [...after.late, late], faults })
    }
    case 'land': {
      const strays = state.strays.filter((stray) => stray !== choice.stray)
      return settle(stage, call(stage, { ...state, strays }, choice.stray).after)
    }
    case 'deliver': {
      const { role, request, answer } = choice.late
      const pending = state.locals[role]?.pending.find((it) => it.request === request)
      const late = state.late.filter((it) => it !== choice.late)
      if (pending === undefined) return { ...state, late }
      return hear(stage, { ...state, late }, { role, pending, answer })
    }
    case 'work': {
      const now = nowOf(stage, state, choice.role)
      const local = await stage.machineOf(choice.role).start(choice.job.input, now)
      return settle(stage, { ...withLocal(state, choice.role, local), jobs: state.jobs - 1 })
    }
    case 'wait':
      return settle(stage, { ...state, time: state.time + 1 })
    case 'recover': {
      const table = await stage.recover(state)
      const [time, recoveries] = [stage.scene.times.length - 1, state.recoveries - 1]
      return settle(stage, { ...state, table, alarms: [], time, recoveries })
    }
  }
}

/** Those that are the same but for their senders' order are the same state. */
function inOrder(strays: readonly Stray[]): Stray[] {
  const place = ({ pending: { request, sentAt } }: Stray) => request.id + (sentAt % 1e9) / 1e9
  return strays.toSorted((a, b) => place(a) - place(b))
}

/** Runs a call, and sees what it did to the table; which is complained of where it must not be. */
function call(
  stage: Stage,
  state: State,
  { pending }: Pick<Stray, 'pending'>,
): { answer: Answer; after: State } {
  const { table, answer } = stage.tiny.run(state.table, pending.request)
  if (table === state.table) return { answer, after: state }
  const alarms = stage.watch(state, table, pending)
  return { answer, after: { ...state, table, alarms } }
}

interface Hearing {
  readonly role: number
  readonly pending: Pending
  readonly answer: Answer
}

async function hear(stage: Stage, state: State, hearing: Hearing): Promise<State> {
  return settle(stage, await heardBy(stage, state, hearing))
}

async function heardBy(stage: Stage, state: State, { role, pending, answer }: Hearing) {
  const local = state.locals[role]
  if (local === undefined) throw new Error('Nobody has this role')
  const heard: Heard = { slot: pending.slot, answer, now: nowOf(stage, state, role) }
  const machine = stage.machineOf(role)
  const next = await machine.next(local, heard)
  if (next.end === undefined) return withLocal(state, role, next)
  stage.hearEnd(state, role, next.end)
  if (stage.scene.roles[role]?.jobs === undefined) return withLocal(state, role, next)
  // A worker that failed goes to its next piece of work; what it has sent is still on its way.
  const left = next.pending.filter(({ request }) => request.isWrite)
  const strays = inOrder([...state.strays, ...left.map((it) => ({ role, pending: it }))])
  return withLocal({ ...state, strays }, role, machine.idle)
}

function withLocal(state: State, role: number, local: Local): State {
  return { ...state, locals: state.locals.map((it, index) => (index === role ? local : it)) }
}

function nowOf({ scene }: Stage, { time }: State, role: number) {
  const actor = scene.roles[role]
  const now = scene.times[time]
  if (actor === undefined || now === undefined) throw new Error('There is no such time')
  return clockOf(actor, now)
}

/** Does what needs no choice: lets those begin whose time it is, makes calls that nobody else can notice. */
export async function settle(stage: Stage, state: State): Promise<State> {
  let now = state
  for (const [role, { jobs }] of stage.scene.roles.entries()) {
    const isDue = jobs === undefined && (now.starts[role] ?? 0) <= now.time
    if (!isDue || now.locals[role] !== stage.machineOf(role).idle) continue
    const local = await stage.machineOf(role).start('', nowOf(stage, now, role))
    now = withLocal(now, role, local)
  }
  for (let role = 0; role < now.locals.length; role += 1) {
    for (;;) {
      const pending = now.locals[role]?.pending.find(({ request }) =>
        isUnnoticed(stage, now, request),
      )
      if (pending === undefined) break
      const { answer, after } = call(stage, now, { pending })
      now = await heardBy(stage, after, { role, pending, answer })
    }
  }
  const strays = now.strays.filter(
    ({ pending }) => !isDead(stage.catalog, now.table, pending.request),
  )
  return strays.length === now.strays.length ? now : { ...now, strays }
}

function isUnnoticed({ catalog, fixed }: Stage, { table }: State, request: Request): boolean {
  const { operation, input } = request
  const isFixed = ({ pk, sk }: Key) =>
    fixed.has(pk) || (isDetails({ pk, sk }) && catalog.find(table, { pk, sk }) !== undefined)
  switch (operation) {
    case 'GetItem':
      return isFixed(input['Key'] as Key)
    case 'BatchGetItem': {
      const parts = Object.values(input['RequestItems'] as Record<string, { Keys: Key[] }>)
      return parts.every(({ Keys }) => Keys.every(isFixed))
    }
    case 'PutItem':
      return isDetails(input['Item'] as Key)
    default:
      return false
  }
}

function isDetails({ pk, sk }: Key): boolean {
  return pk.startsWith(partitionStarts.operations) && sk !== 'O'
}
