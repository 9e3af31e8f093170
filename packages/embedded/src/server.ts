import { serveLoopback, type Loopback } from './serve-loopback.ts'
import { internalError, LostAnswerError } from './faults.ts'
import { answerRequest, type Caller } from './wire.ts'

/** Serves an engine over HTTP on loopback, on a free port unless one is given; whoever hangs up takes no message. */
export function serveEngine(
  engine: Caller,
  place: { host?: string; port?: number } = {},
): Promise<Loopback> {
  const { status, code, message } = internalError
  return serveLoopback(
    {
      answer: (request) => answerRequest(engine, request),
      isLost: (error) => error instanceof LostAnswerError,
      fault: { status, body: { __type: code, message } },
    },
    place,
  )
}
