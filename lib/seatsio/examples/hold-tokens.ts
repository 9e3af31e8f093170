import type { Examples } from '../../openapi/surface-document.ts'
import { one, SHOWN } from './story.ts'

const token = {
  holdToken: SHOWN.holdToken,
  expiresAt: '2027-03-04T18:50:00.000Z',
  expiresInSeconds: 1_800,
  workspaceKey: SHOWN.workspaceKey,
}
const params = { holdToken: SHOWN.holdToken }

/** Hold tokens, from their beginning. */
export const holdTokenExamples: Record<string, Examples> = {
  'create-hold-token': one('half-an-hour', {
    summary: 'A token that lives half an hour',
    body: { expiresInMinutes: 30 },
    reply: token,
  }),
  'get-hold-token': one('again', { summary: 'How long it lives', params, reply: token }),
  'move-hold-token': one('sooner', {
    summary: 'Ten minutes left, for all that it holds',
    params,
    body: { expiresInMinutes: 10 },
    reply: { ...token, expiresAt: '2027-03-04T18:30:00.000Z', expiresInSeconds: 600 },
  }),
}
