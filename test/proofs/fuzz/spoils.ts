import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { expect } from 'vitest'
import type { Route } from '../../../local/http/router.ts'
import { fuzz } from './run.ts'
import type { WorldOptions } from './world.ts'

// A product that is spoilt on purpose, to see whether the fuzzer notices.

/** Short runs, one after the other until it is noticed: what one of them happens not to try, another does. */
const SEEDS = [17, 11, 12, 13, 14, 15, 16, 18]
const REQUESTS = 240

/** Damages the product's routes. */
export type Spoil = NonNullable<WorldOptions['spoil']>
/** A body as JSON. */
export type Body = Record<string, unknown>

/** Spoils what the endpoints at the end of a path answer, where that is a success. */
export function spoilt(
  end: string,
  change: (result: APIGatewayProxyResult, event: APIGatewayProxyEvent) => APIGatewayProxyResult,
): Spoil {
  return (routes) =>
    routes.map((route): Route => {
      if (!route.path.endsWith(end) || route.method === 'OPTIONS') return route
      return {
        ...route,
        handler: async (event, context) => {
          const result = await route.handler(event, context)
          return result.statusCode < 300 ? change(result, event) : result
        },
      }
    })
}

/** The answer with another body. */
export function withBody(result: APIGatewayProxyResult, change: (body: Body) => Body) {
  return { ...result, body: JSON.stringify(change(JSON.parse(result.body) as Body)) }
}

/** Fuzzes what is spoilt until a fault of that kind is found; fails when there is none. */
export async function expectNoticed(spoil: Spoil, wanted: RegExp): Promise<void> {
  const found: string[] = []
  for (const seed of SEEDS) {
    const { failures } = await fuzz({ requests: REQUESTS, seed, spoil })
    found.push(...failures.map(({ fault }) => fault))
    if (found.some((fault) => wanted.test(fault))) return
  }
  expect(found).toEqual(expect.arrayContaining([expect.stringMatching(wanted)]))
}
