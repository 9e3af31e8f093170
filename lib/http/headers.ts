import type { APIGatewayProxyEvent } from 'aws-lambda'

/** Everything that a request says in a header, its name in any case; each sending of the header by itself. */
export function headerValues(
  { headers, multiValueHeaders }: Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>,
  wanted: string,
): string[] {
  const all = Object.entries({ ...headers, ...multiValueHeaders })
  const name = wanted.toLowerCase()
  const [, found] = all.findLast(([sent]) => sent.toLowerCase() === name) ?? []
  return [found ?? []].flat()
}
