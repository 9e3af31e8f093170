import { serveLoopback, type Loopback } from '@holdfast/embedded/serve-loopback'
import type { Messaging } from './engine.ts'
import { internalError, LostAnswerError } from './faults.ts'
import { answerRequest } from './wire.ts'

/** Serves EventBridge and SQS over HTTP on loopback, on a free port unless one is given; whoever hangs up takes no message. */
export function serveMessaging(
  messaging: Messaging,
  place: { host?: string; port?: number } = {},
): Promise<Loopback> {
  const { status, code, message } = internalError
  return serveLoopback(
    {
      answer: (request) => answerRequest(messaging, request),
      isLost: (error) => error instanceof LostAnswerError,
      fault: { status, body: { __type: code, message } },
    },
    place,
  )
}
