import * as z from 'zod'
import { ApiError } from '@holdfast/embedded/errors'
import type { Step } from '@holdfast/embedded/vault'
import { operation, type EventBridge } from './core.ts'
import { requireBus, ruleArn, type EventBus, type Rule, type RuleRecord } from './buses.ts'
import { constraintError, notFound, validationError } from './errors.ts'
import { readPattern, type Matcher } from './match.ts'
import { PatternError } from './pattern-error.ts'

/** Rules that a bus takes. */
const RULES_MAX = 300

/** Characters of a pattern. */
const PATTERN_LENGTH_MAX = 4_096

/** Rules of one page, at most and unless told otherwise. */
const PAGE_MAX = 100

const atRule = z.object({ Name: z.string(), EventBusName: z.string().optional() })

/** PutRule: makes a rule or replaces it; its targets stay. */
export const putRule = operation(
  atRule.extend({
    EventPattern: z.string().optional(),
    ScheduleExpression: z.string().optional(),
    State: z.string().optional(),
    Description: z.string().optional(),
  }),
  async (core, input) => {
    const bus = requireBus(core, input.EventBusName)
    const { Name: name, EventPattern: pattern, State: state = 'ENABLED' } = input
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
      throw constraintError(
        { name: 'name', value: name },
        'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+',
      )
    }
    if (!/^(ENABLED|DISABLED|ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS)$/.test(state)) {
      throw constraintError(
        { name: 'state', value: state },
        'satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]',
      )
    }
    if (pattern === undefined || input.ScheduleExpression !== undefined) {
      throw validationError('Here a rule has an EventPattern, and no ScheduleExpression.')
    }
    const matches = toMatcher(pattern)
    const existing = bus.rules.get(name)
    if (existing === undefined && bus.rules.size >= RULES_MAX) {
      throw new ApiError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      )
    }
    const { Description: description } = input
    const record = {
      name,
      pattern,
      isEnabled: state !== 'DISABLED',
      targets: existing?.targets ?? [],
      ...(description === undefined ? {} : { description }),
    }
    await keepRule(core, bus, { ...record, matches })
    return { RuleArn: ruleArn(core, bus, name) }
  },
)

/** DescribeRule. */
export const describeRule = operation(atRule, (core, input) => {
  const bus = requireBus(core, input.EventBusName)
  return { ...shown(core, bus, requireRule(bus, input.Name)), CreatedBy: core.accountId }
})

/** DeleteRule: a rule that is gone is fine; one with targets is kept. */
export const deleteRule = operation(atRule, async (core, input) => {
  const bus = requireBus(core, input.EventBusName)
  const rule = bus.rules.get(input.Name)
  if (rule === undefined) return {}
  if (rule.targets.length > 0) {
    throw validationError("Rule can't be deleted since it has targets.")
  }
  bus.rules.delete(rule.name)
  await core.vault.write([{ type: 'del', key: keyOf(bus, rule) }])
  return {}
})

/** ListRules: by name, a page at a time. */
export const listRules = operation(
  z.object({
    NamePrefix: z.string().optional(),
    EventBusName: z.string().optional(),
    NextToken: z.string().optional(),
    Limit: z.number().optional(),
  }),
  (core, { NamePrefix: prefix = '', EventBusName: busName, NextToken: token, Limit: limit }) => {
    const bus = requireBus(core, busName)
    const { page, next } = pageOf({
      names: [...bus.rules.keys()].filter((name) => name.startsWith(prefix)),
      token,
      limit,
    })
    const rules = page.map((name) => shown(core, bus, requireRule(bus, name)))
    return { Rules: rules, ...next }
  },
)

/** One page of names in their order, and how the next one is asked for. */
export function pageOf({
  names,
  token,
  limit = PAGE_MAX,
}: {
  names: readonly string[]
  token: string | undefined
  limit: number | undefined
}): { page: string[]; next: { NextToken?: string } } {
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX) {
    throw constraintError({ name: 'limit', value: limit }, `have value between 1 and ${PAGE_MAX}`)
  }
  const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString()
  const left = names
    .toSorted((a, b) => (a < b ? -1 : 1))
    .filter((name) => after === undefined || name > after)
  const page = left.slice(0, limit)
  const last = page.at(-1)
  const isLast = left.length <= limit || last === undefined
  return { page, next: isLast ? {} : { NextToken: Buffer.from(last).toString('base64') } }
}

/** The rule of that name; refuses one that is not there. */
export function requireRule(bus: EventBus, name: string): Rule {
  const rule = bus.rules.get(name)
  if (rule === undefined) {
    throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`)
  }
  return rule
}

/** Puts a rule in its place, at work and durable. */
export async function keepRule(core: EventBridge, bus: EventBus, rule: Rule): Promise<void> {
  bus.rules.set(rule.name, rule)
  const { matches: _, ...record } = rule
  const step: Step = { type: 'put', key: keyOf(bus, rule), value: { ...record, bus: bus.name } }
  await core.vault.write([step])
}

/** A rule from what was kept of it. */
export function toRule(record: RuleRecord): Rule {
  return { ...record, matches: readPattern(record.pattern) }
}

function toMatcher(pattern: string): Matcher {
  if (pattern.length > PATTERN_LENGTH_MAX) {
    throw constraintError(
      { name: 'eventPattern', value: pattern },
      `have length less than or equal to ${PATTERN_LENGTH_MAX}`,
    )
  }
  try {
    return readPattern(pattern)
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    throw new ApiError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    )
  }
}

function keyOf(bus: EventBus, { name }: RuleRecord): string {
  return `rule/${bus.name}/${name}`
}

function shown(core: EventBridge, bus: EventBus, rule: Rule): object {
  const { name, pattern, isEnabled, description } = rule
  return {
    Name: name,
    Arn: ruleArn(core, bus, name),
    EventPattern: pattern,
    State: isEnabled ? 'ENABLED' : 'DISABLED',
    EventBusName: bus.name,
    ...(description === undefined ? {} : { Description: description }),
  }
}
