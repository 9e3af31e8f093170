import type { Clock, Instant } from '@holdfast/embedded/clock'
import { valuesUnder, type Contents } from '@holdfast/embedded/vault'
import { DEFAULT_BUS, type EventBus, type RuleRecord } from './buses.ts'
import { toRule } from './rules.ts'

/** Makes buses of what was kept of them, and the one that is always there. */
export function restoreBuses(contents: Contents, clock: Clock): Map<string, EventBus> {
  const buses = new Map<string, EventBus>()
  buses.set(DEFAULT_BUS, { name: DEFAULT_BUS, createdAt: clock.now(), rules: new Map() })
  for (const { name, createdAt } of valuesUnder<KeptBus>(contents, 'bus/')) {
    buses.set(name, { name, createdAt, rules: new Map() })
  }
  for (const { bus, ...record } of valuesUnder<KeptRule>(contents, 'rule/')) {
    buses.get(bus)?.rules.set(record.name, toRule(record))
  }
  return buses
}

interface KeptBus {
  readonly name: string
  readonly createdAt: Instant
}

type KeptRule = RuleRecord & { readonly bus: string }
