import type { ChartFacts, ChartHead } from '../../records/records.ts'
import { sortByLevel, type ValidationRule } from '../../venue/validate-chart.ts'
import { accountSettings } from '../companies/account.ts'
import type { Context } from '../context.ts'

/** The rules that a drawing breaks and that the account looks at. */
export interface Validation {
  readonly errors: readonly ValidationRule[]
  readonly warnings: readonly ValidationRule[]
}

/** A chart with what is told of it. */
export interface DescribedChart {
  readonly chart: ChartHead
  /** Undefined while nothing is published. */
  readonly facts: ChartFacts | undefined
  /** Of what is published. */
  readonly validation: Validation
}

/** Sorts broken rules by how strictly the account takes each. */
export type Validate = (broken: readonly ValidationRule[]) => Validation

/** What validates drawings by the account's rules as they are now; reads them only where one of the drawings breaks any. */
export async function validatorFor(
  context: Pick<Context, 'store' | 'caller'>,
  drawings: readonly (Pick<ChartFacts, 'broken'> | undefined)[],
): Promise<Validate> {
  const isAnyBroken = drawings.some((facts) => facts !== undefined && facts.broken.length > 0)
  const levels = isAnyBroken ? (await accountSettings(context)).validation : {}
  return (broken) =>
    sortByLevel(
      broken.map((rule) => ({ rule })),
      levels,
    )
}

/** What describes charts that publish a drawing. */
export async function describeWith(
  context: Pick<Context, 'store' | 'caller'>,
  facts: ChartFacts,
): Promise<(chart: ChartHead) => DescribedChart> {
  const validate = await validatorFor(context, [facts])
  return (chart) => ({ chart, facts, validation: validate(facts.broken) })
}
