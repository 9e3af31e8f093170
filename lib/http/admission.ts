import type { APIGatewayProxyEvent } from 'aws-lambda'
import { readAdmission } from 'holdfast/admission'
import type { Context } from '../actions/context.ts'
import type { Instant } from '../clock.ts'
import type { Endpoint } from './endpoint.ts'
import { headerValues } from './headers.ts'

/** The header in which an admission token comes. */
export const ADMISSION_HEADER = 'X-Admission-Token'

/** What the admission token of a request says, where the endpoint looks and there is one; 'forged' where no key of the workspace signed it. */
export async function admissionOf(
  { takesAdmission }: Pick<Endpoint, 'takesAdmission'>,
  { event, caller, now }: { event: APIGatewayProxyEvent } & Pick<Context, 'caller' | 'now'>,
): Promise<Context['admission']> {
  const token = takesAdmission === true ? headerValues(event, ADMISSION_HEADER).at(-1)?.trim() : ''
  if (token === undefined || token === '') return undefined
  return (await readAdmission(token, keysAt(caller, now()))) ?? 'forged'
}

function keysAt({ admissionKeys }: Context['caller'], now: Instant): string[] {
  if (admissionKeys === undefined) return []
  const { current, next, former } = admissionKeys
  return [current, next, ...(former !== undefined && now < former.until ? [former.key] : [])]
}
