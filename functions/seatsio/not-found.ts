import * as z from 'zod'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const notFound = endpoint({
  surface: seatsio,
  method: 'ANY',
  path: '/{proxy+}',
  summary: 'Answers what no endpoint answers',
  access: 'anyone',
  reply: z.never(),
  run: (_, { method, rawPath: path }) =>
    Promise.resolve({ ok: false, problem: { code: 'no-such-endpoint', method, path } }),
})

export const handler = lambda(notFound)
