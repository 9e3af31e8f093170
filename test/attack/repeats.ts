import { createEvent, faultsOf, send, type Answer, type Attack } from './ground.ts'

/** One idempotency key in two workspaces names two requests: nobody gets what another workspace was answered. */
export const repeats: Attack = async ({ url, attacker }) => {
  const { adminKey: key, workspaceKey } = attacker
  const second = await send(url, 'POST /workspaces', { key, body: { name: 'Second' } })
  const secondKey = String(second.body['key'])
  const rows = [{ label: 'A', seats: ['1'] }]
  const { eventKey } = await createEvent(url, attacker.secretKey, rows)
  const ask = (path: string, workspace: string | undefined, body: object) =>
    send(url, `POST ${path}`, {
      key,
      body,
      headers: {
        'Idempotency-Key': `the same for ${path}`,
        ...(workspace === undefined ? {} : { 'X-Workspace-Key': workspace }),
      },
    })
  const faults: string[] = []
  const tokens: Answer[] = []
  for (const workspace of [workspaceKey, secondKey]) {
    tokens.push(await ask('/hold-tokens', workspace, { expiresInMinutes: 10 }))
  }
  const [first, other] = tokens.map(({ body }) => body['holdToken'])
  if (first !== undefined && first === other) faults.push('two workspaces share a hold token')
  const path = `/events/${eventKey}/actions/book`
  const booked = await ask(path, workspaceKey, { objects: ['A-1'] })
  const foreign = await ask(path, secondKey, { objects: ['A-1'] })
  if (booked.status >= 300) faults.push(`booking: answered ${booked.status} ${booked.text}`)
  if (foreign.status < 300)
    faults.push('a booking in another workspace was answered from the first')
  const again = await ask(path, workspaceKey, { objects: ['A-1'] })
  if (again.text !== booked.text || again.status !== booked.status) {
    faults.push('a repeat was answered otherwise than the first time')
  }
  return [...faults, ...faultsOf('repeats', [...tokens, booked, foreign, again])]
}
