import * as z from 'zod'
import type { Instant } from '@holdfast/embedded/clock'
import { ApiError } from '@holdfast/embedded/errors'
import type { Step } from '@holdfast/embedded/vault'
import { operation, type EventBridge } from './core.ts'
import { constraintError, notFound } from './errors.ts'
import type { Matcher } from './match.ts'

/** What a rule does with an event that it matches. */
export interface Target {
  readonly Id: string
  readonly Arn: string
  readonly Input?: string | undefined
  readonly InputPath?: string | undefined
  readonly InputTransformer?:
    | {
        readonly InputPathsMap?: Readonly<Record<string, string>> | undefined
        readonly InputTemplate: string
      }
    | undefined
}

/** A rule as it is kept. */
export interface RuleRecord {
  readonly name: string
  readonly pattern: string
  readonly isEnabled: boolean
  readonly description?: string
  readonly targets: readonly Target[]
}

/** A rule at work: with its pattern read. */
export interface Rule extends RuleRecord {
  readonly matches: Matcher
}

export interface EventBus {
  readonly name: string
  readonly createdAt: Instant
  /** By name, as they were created. */
  readonly rules: Map<string, Rule>
}

/** Every account has this bus. */
export const DEFAULT_BUS = 'default'

/** CreateEventBus. */
export const createEventBus = operation(
  z.object({ Name: z.string() }),
  async (core, { Name: name }) => {
    if (!/^[A-Za-z0-9._-]{1,256}$/.test(name)) {
      throw constraintError(
        { name: 'name', value: name },
        'satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+',
      )
    }
    if (core.buses.has(name)) {
      throw new ApiError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`)
    }
    const bus = { name, createdAt: core.clock.now(), rules: new Map<string, Rule>() }
    core.buses.set(name, bus)
    await core.vault.write([stepToKeepBus(bus)])
    return { EventBusArn: busArn(core, name) }
  },
)

/** DescribeEventBus. */
export const describeEventBus = operation(
  z.object({ Name: z.string().optional() }),
  (core, input) => {
    const { name, createdAt } = requireBus(core, input.Name)
    return {
      Name: name,
      Arn: busArn(core, name),
      CreationTime: createdAt / 1000,
      LastModifiedTime: createdAt / 1000,
    }
  },
)

/** The bus that a name or an ARN means; refuses one that is not there. */
export function requireBus(core: EventBridge, nameOrArn: string = DEFAULT_BUS): EventBus {
  const bus = findBus(core, nameOrArn)
  if (bus === undefined) throw notFound(`Event bus ${busName(nameOrArn)} does not exist.`)
  return bus
}

/** The bus that a name or an ARN means, if it is there. */
export function findBus(core: EventBridge, nameOrArn: string = DEFAULT_BUS): EventBus | undefined {
  const name = busName(nameOrArn)
  const isOurs = name === nameOrArn || busArn(core, name) === nameOrArn
  return isOurs ? core.buses.get(name) : undefined
}

/** The step that makes a bus durable, its rules aside. */
export function stepToKeepBus({ name, createdAt }: EventBus): Step {
  return { type: 'put', key: `bus/${name}`, value: { name, createdAt } }
}

/** The ARN of a rule. */
export function ruleArn({ region, accountId }: EventBridge, bus: EventBus, rule: string): string {
  const place = bus.name === DEFAULT_BUS ? rule : `${bus.name}/${rule}`
  return `arn:aws:events:${region}:${accountId}:rule/${place}`
}

function busArn({ region, accountId }: EventBridge, name: string): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${name}`
}

function busName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn
}
