import * as z from 'zod'
import type { ZodOpenApiObject } from 'zod-openapi'
import { toPascalCase } from '../http/casing.ts'
import type { ToldNotices } from './surface-document.ts'

/** What is sent to registered webhooks, in the document's section for requests that the other side answers. */
export function toldNotices(told: ToldNotices): NonNullable<ZodOpenApiObject['webhooks']> {
  const header = z.object(
    Object.fromEntries(
      Object.entries(told.headers).map(([name, description]) => [
        name,
        z.string().meta({ description }),
      ]),
    ),
  )
  const entries = Object.entries(told.notices).map(([type, { summary, example }]) => {
    const operation = {
      operationId: `on${toPascalCase(type.replaceAll(/[._]/g, '-'))}`,
      tags: [told.tag],
      summary,
      description: told.description,
      security: [],
      requestParams: { header },
      requestBody: {
        content: {
          'application/json': {
            schema: told.body,
            examples: { notice: { summary, value: example } },
          },
        },
        required: true,
      },
      responses: told.responses,
    }
    return [type, { post: operation }] as const
  })
  return Object.fromEntries(entries)
}
