/** The shape of a field: its type, its rules and what is inside it. */
export interface Shape {
  type?: string
  children?: Shape | string | Record<string, Shape | string>
  required?: boolean
  tableName?: boolean
}

/** A value as the service's messages print it: structures by name with all their fields. */
export function shown(value: unknown, shape: Shape | string | undefined): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return JSON.stringify(value)
  const { type = '', children } = typeof shape === 'string' ? { type: shape } : (shape ?? {})
  if (Array.isArray(value)) {
    return `[${value.map((part) => shown(part, children as Shape)).join(', ')}]`
  }
  if (type.startsWith('AttrStruct')) return shownAttribute(value as Record<string, unknown>)
  if (type.includes('Map')) {
    const entries = Object.entries(value) as [string, unknown][]
    return `{${entries.map(([name, part]) => `${name}=${shown(part, children as Shape)}`).join(', ')}}`
  }
  return shownStructure(value as Record<string, unknown>, {
    name: /<(.+)>$/.exec(type)?.[1] ?? '',
    fields: (children ?? {}) as Record<string, Shape>,
  })
}

function shownStructure(
  value: Record<string, unknown>,
  { name, fields }: { name: string; fields: Record<string, Shape | string> },
): string {
  const parts = Object.entries(fields).map(
    ([field, shape]) => `${lowerFirst(field)}=${shown(value[field], shape)}`,
  )
  return `${name}(${parts.join(', ')})`
}

const attributeTypes = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL']

function shownAttribute(value: Record<string, unknown>): string {
  const part = (type: string) => {
    if (type === 'M') return shown(value[type], { type: 'Map', children: 'AttrStruct' })
    return shown(value[type], { type: 'List', children: 'AttrStruct' })
  }
  const parts = attributeTypes.map((type) => `${lowerFirst(type)}=${part(type)}`)
  return `AttributeValue(${parts.join(', ')})`
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}
