import conditionParser from 'dynalite/db/conditionParser.js'
import projectionParser from 'dynalite/db/projectionParser.js'
import updateParser from 'dynalite/db/updateParser.js'

const parsers: Record<string, typeof conditionParser> = {
  ConditionExpression: conditionParser,
  FilterExpression: conditionParser,
  KeyConditionExpression: conditionParser,
  ProjectionExpression: projectionParser,
  UpdateExpression: updateParser,
}

/** Words the parser's complaint about an expression as DynamoDB does: the token and what is near. */
export function syntaxFault(name: string, expression: string): string | undefined {
  const offset = faultOffset(name, expression)
  if (offset === undefined) return undefined
  const tokens = tokenize(expression)
  const at = tokens.findIndex((token) => token.end > offset)
  const before = at === -1 ? tokens.at(-1) : tokens[at - 1]
  const here = tokens[at]
  const after = at === -1 ? undefined : tokens[at + 1]
  const start = (before ?? here)?.start ?? 0
  const end = (after ?? here ?? before)?.end ?? 0
  return (
    `Invalid ${name}: Syntax error; token: "${here?.text ?? '<EOF>'}", ` +
    `near: "${expression.slice(start, end)}"`
  )
}

interface Token {
  text: string
  start: number
  end: number
}

function tokenize(expression: string): Token[] {
  const pattern = /[#:]?[A-Za-z_][A-Za-z0-9_]*|[#:][A-Za-z0-9_]+|\d+|<>|<=|>=|\S/g
  return [...expression.matchAll(pattern)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function faultOffset(name: string, expression: string): number | undefined {
  try {
    // Only the grammar matters here: names and values were looked up before.
    parsers[name]?.parse(expression, { context: { isReserved: () => false, compare: () => false } })
    return undefined
  } catch (error) {
    const { location } = error as { location?: { start: { offset: number } } }
    return location?.start.offset
  }
}
