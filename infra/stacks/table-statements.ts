import { patternOf } from '../partitions.ts'
import type { Grants, TableAction } from '../grants.ts'

/** A statement of a policy about items of the table, as IAM reads it. */
export interface TableStatement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: unknown
  readonly Condition: {
    readonly 'ForAllValues:StringLike': { readonly 'dynamodb:LeadingKeys': readonly string[] }
    readonly Null: { readonly 'dynamodb:LeadingKeys': 'false' }
  }
}

/**
 * What grants say about the table, as statements. A statement allows a call only if its patterns cover every partition key of
 * that call, and one batch reads several kinds of partitions: so each action stands in one statement alone, with all of its
 * partitions. Actions on the same partitions share theirs.
 */
export function tableStatements({ table }: Grants, tableArn: unknown): TableStatement[] {
  const patternsOf = new Map<TableAction, Set<string>>()
  for (const { actions, partitions: names } of table) {
    for (const action of actions) {
      const patterns = patternsOf.get(action) ?? new Set()
      for (const name of names) patterns.add(patternOf(name))
      patternsOf.set(action, patterns)
    }
  }
  const actionsOf = new Map<string, string[]>()
  for (const [action, patterns] of patternsOf) {
    const shared = [...patterns].sort().join(' ')
    actionsOf.set(shared, [...(actionsOf.get(shared) ?? []), `dynamodb:${action}`])
  }
  return [...actionsOf].map(([patterns, actions]) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: tableArn,
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns.split(' ') },
      // Without it a request that names no key would pass.
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  }))
}
