import type { Rule } from './request-rules.ts'
import { withLimits } from './request-rules.ts'

/** What dynalite's validation reads: the fields of a request, and a rule beyond their types. */
export interface Schema {
  types: object
  custom?: Rule
  /** Fields that DynamoDB takes and that mean nothing here: refused rather than passed over. */
  unserved?: readonly string[]
}

interface Validation {
  types: object
  custom?: (data: never, store: never) => string | undefined
}

/** What dynalite's rules want to know of its store. */
const store = {
  options: { maxItemSize: Number.MAX_SAFE_INTEGER },
  tableDb: { awsAccountId: '000000000000' },
} as never

/** dynalite's rule of an action, with the limits it lacks. */
export function ruleOf({ custom }: Validation): Rule {
  return withLimits((part: never) => custom?.(part, store) ?? undefined)
}

/** dynalite's schema of an action with more fields, and rules that come after its own. */
export function schemaFrom(validation: Validation, more: object = {}, ...rules: Rule[]): Schema {
  const all = [ruleOf(validation), ...rules]
  return {
    types: { ...validation.types, ...more },
    custom(data) {
      for (const rule of all) {
        const message = rule(data)
        if (message !== undefined) return message
      }
      return undefined
    },
  }
}

/** Some of the fields of a schema. */
export function fields(types: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(types).filter(([name]) => names.includes(name)))
}

/** A field that must be a text. */
export const requiredText = { type: 'String', notNull: true }

/** How many of a listing may be asked for at once. */
export function limit(max: number): object {
  return { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: max }
}
