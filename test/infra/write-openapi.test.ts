import { expect, test } from 'vitest'
import { writeOpenApi } from '../../infra/documents/write-openapi.ts'
import { openApis } from '../support/openapi.ts'

test.each(Object.entries(openApis))(
  'the document of %s is the same JSON, with a line for each path and component',
  (_, document) => {
    const text = writeOpenApi(document)
    expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(document))
    const lines = text.split('\n')
    const { paths = {}, webhooks = {}, components = {}, tags = [] } = document
    const sections: object[] = [paths, webhooks, ...(Object.values(components) as object[])]
    const shown = sections.flatMap((section) =>
      Object.entries(section).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`),
    )
    expect(shown.length).toBeGreaterThan(50)
    expect(shown.filter((line) => !lines.includes(line) && !lines.includes(`${line},`))).toEqual([])
    expect(lines.length).toBeLessThan(shown.length + tags.length + 40)
  },
)
