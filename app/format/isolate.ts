/** Names and values of any script inside a line of ours, without turning the line round. */

const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u
/** FIRST STRONG ISOLATE and its end: Unicode Bidirectional Algorithm, 2.4. */
const [BEGIN, END] = ['\u2068', '\u2069']

/** As a `bdi` element does, for text that is one string. */
export const isolate = (text: string): string => (RIGHT_TO_LEFT.test(text) ? BEGIN + text + END : text)
