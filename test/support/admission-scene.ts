import { makeAdmission, type Admission } from 'holdfast/admission'
import type { ApiAnswer } from './api.ts'
import { rowDrawing } from './drawings.ts'
import { testKeys } from './holdfast.ts'
import { openScene, TOKEN } from './scene.ts'

/** Opens a scene whose event demands admission of browsers, with the key that lets into it. */
export async function openAdmission(drawing: object = rowDrawing({ seatsPerRow: 10 })) {
  const scene = await openScene(drawing)
  const { api, eventKey, seats, clock } = scene
  const rotate = async (body?: object) => {
    const rotated = await api('POST /api/v1/admission-key/rotate', body)
    return String(rotated.body['admissionKey'])
  }
  const key = await rotate()
  const demand = (admission: string) => api(`PATCH /api/v1/events/${eventKey}`, { admission })
  await demand('browsers')
  const make = (given: Partial<Admission> = {}, by = key) =>
    makeAdmission(by, {
      events: [eventKey],
      id: 'turn-7',
      expiresAt: clock.now() + 60_000,
      ...given,
    })
  const send = (verb: string, body: object, headers: readonly string[]) =>
    api(
      `POST ${seats}/${verb}`,
      { holdToken: TOKEN, ...body },
      { key: testKeys.publishable, headers },
    )
  return {
    ...scene,
    rotate,
    demand,
    make,
    key,
    /** As a browser does, with an admission token or without. */
    ask: (verb: string, body: object, token?: string) => send(verb, body, headersWith(token)),
    hold: (objectLabels: readonly string[], token?: string, headers: readonly string[] = []) =>
      send('hold', { objectLabels }, [...headersWith(token), ...headers]),
  }
}

function headersWith(token: string | undefined): string[] {
  return token === undefined ? [] : ['x-admission-token', token]
}

/** The status of an answer, with the code of its error if it has one. */
export function verdictIn({ status, code }: ApiAnswer): string {
  return code === undefined ? String(status) : `${status} ${code}`
}
