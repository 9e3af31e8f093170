import * as z from 'zod'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { seatbuilder } from '../../lib/seatbuilder/surface.ts'

export const notFound = endpoint({
  surface: seatbuilder,
  method: 'ANY',
  path: '/api/{proxy+}',
  summary: 'Answers what no endpoint answers',
  access: 'anyone',
  reply: z.never(),
  run: (_, { method, rawPath: path }) =>
    Promise.resolve({ ok: false, problem: { code: 'no-such-endpoint', method, path } }),
})

export const handler = lambda(notFound)
