import { factsOf } from '../../venue/chart-facts.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import { validatorFor, type Validation } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { keepAnswer } from '../keep-answer.ts'
import { readPublishedFacts } from './read-facts.ts'
import { readDraft, type LayoutVersion } from './read-layout.ts'
import { readChart } from '../../venue/read-chart.ts'

/** Says which of the account's rules a version of a chart breaks; refuses an unknown chart, and a version that there is not. */
export async function validateChart(
  context: Context,
  { chartKey, version }: { chartKey: string; version: LayoutVersion },
): Promise<Outcome<Validation>> {
  const found =
    version === 'draft'
      ? await draftFacts(context, chartKey)
      : await readPublishedFacts(context, chartKey)
  if (!found.ok) return found
  const { broken } = found.value
  const validate = await validatorFor(context, [found.value])
  return keepAnswer(context, validate(broken))
}

async function draftFacts(context: Context, chartKey: string) {
  const text = await readDraft(context, chartKey)
  return text.ok ? succeed(factsOf(readChart(JSON.parse(text.value)))) : text
}
