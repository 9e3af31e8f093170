const NUMBER = String.raw`[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})`
const AMOUNT = `${NUMBER}%?`
const HUE = `${NUMBER}(?:deg|rad|grad|turn)?`
const ALPHA_BEHIND_COMMA = `(?:\\s*,\\s*${AMOUNT})?`
const ALPHA_BEHIND_SLASH = `(?:\\s*/\\s*${AMOUNT})?`

/** Both ways to write three parts and how opaque they are: with commas, or with spaces and a slash. */
function inParts(name: string, [first, second]: readonly [string, string]): RegExp {
  const commas = `${first}\\s*,\\s*${second}\\s*,\\s*${second}${ALPHA_BEHIND_COMMA}`
  const spaces = `${first}\\s+${second}\\s+${second}${ALPHA_BEHIND_SLASH}`
  return new RegExp(`^${name}a?\\(\\s*(?:${commas}|${spaces})\\s*\\)$`, 'i')
}

const hex = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i
const forms = [hex, inParts('rgb', [AMOUNT, AMOUNT]), inParts('hsl', [HUE, `${NUMBER}%`])]

const names = new Set(
  (
    'aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse chocolate coral ' +
    'cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange ' +
    'darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey ' +
    'dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ' +
    'ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink ' +
    'lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine ' +
    'mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose ' +
    'moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru ' +
    'pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue ' +
    'slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent turquoise violet wheat white whitesmoke yellow yellowgreen'
  ).split(' '),
)

/** The colour, if it is one in CSS: hexadecimal, `rgb()`, `hsl()` or a name. A canvas would silently go on with the colour before. */
export function cssColor(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 100) return undefined
  const color = value.trim()
  const isColor = names.has(color.toLowerCase()) || forms.some((form) => form.test(color))
  return isColor ? color : undefined
}
