import { serveLoopback, type Loopback } from '@holdfast/embedded/serve-loopback'
import type { Engine } from '../engine.ts'
import { LostAnswerError } from '@holdfast/embedded/faults'
import { internalError } from '../faults.ts'
import { answerRequest } from './wire.ts'

/** Serves an engine over HTTP on loopback, on a free port unless one is given. */
export function serveDynamo(
  engine: Engine,
  place: { host?: string; port?: number } = {},
): Promise<Loopback> {
  const { status, body } = internalError
  return serveLoopback(
    {
      answer: (request) => answerRequest(engine, request),
      isLost: (error) => error instanceof LostAnswerError,
      fault: { status, body },
    },
    place,
  )
}
