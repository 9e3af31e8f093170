import type { PlainRequest } from './plain-client.ts'

// A batch of statements is no whole: each is done, refused or lost by itself, and at a moment of its own. So whoever disturbs calls
// disturbs the statements of a batch one by one; what is said of them comes back in one answer, or, if one of them is lost, not at all.

type Answer = Record<string, unknown>

/** The statements of a batch, each as a batch of its own; undefined for other requests. */
export function statementsOf({ operation, input }: PlainRequest): PlainRequest[] | undefined {
  if (operation !== 'BatchExecuteStatement') return undefined
  const { Statements: statements, ...rest } = input as { Statements: object[] }
  return statements.map((one) => ({ operation, input: { ...rest, Statements: [one] } }))
}

/** The text of the statement, for a batch of one. */
export function statementOf({ operation, input }: PlainRequest): string | undefined {
  if (operation !== 'BatchExecuteStatement') return undefined
  return (input as { Statements: { Statement: string }[] }).Statements[0]?.Statement
}

/** Sends each statement of a batch by itself, in their order, and any other request as it is. */
export async function statementByStatement(
  make: () => PlainRequest,
  send: (make: () => PlainRequest) => Promise<Answer>,
): Promise<Answer> {
  const statements = statementsOf(make())
  if (statements === undefined) return send(make)
  const answers: PromiseSettledResult<Answer>[] = []
  for (const place of statements.keys()) {
    const one = () => statementsOf(make())?.[place] ?? make()
    answers.push(...(await Promise.allSettled([send(one)])))
  }
  return batchAnswer(answers)
}

/** What a batch is answered whose statements came to this; throws where one is lost. */
export function batchAnswer(answers: readonly PromiseSettledResult<Answer>[]): Answer {
  const told = answers.map((answer) =>
    answer.status === 'fulfilled' ? answer.value : refusal(answer.reason),
  )
  const costs = told.flatMap(({ ConsumedCapacity: cost = [] }) => cost as object[])
  return {
    $metadata: { httpStatusCode: 200, attempts: 1 },
    Responses: told.flatMap(({ Responses: responses }) => responses as object[]),
    ...(costs.length === 0 ? {} : { ConsumedCapacity: costs }),
  }
}

/** What befalls one statement says so in its place, by the name of the exception. */
function refusal(thrown: unknown): Answer {
  const { name, message, $metadata } = thrown as Error & { $metadata?: object }
  if ($metadata === undefined) throw thrown
  const code = name.replace(/Exception$/, '')
  return { Responses: [{ Error: { Code: code, Message: message } }] }
}
