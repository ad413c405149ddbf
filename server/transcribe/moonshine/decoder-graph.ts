/**
 * Rewrites the shipped decoder graph once, for half the CPU and for word times.
 *
 * The shipped graph holds both decoding steps as the branches of one `If`, turns and dequantises its whole 32768 x 288
 * output matrix at every token, and keeps the cross-attention to itself. From it come two graphs, `first` (whole prompt, no
 * cache) and `cached` (one more token), whose output matrix is stored turned as uint8 for MatMulInteger and whose
 * cross-attention is an output, `cross_attentions.<layer>` of shape [batch, head, query, frame].
 */
import onnxProto, { type onnx } from 'onnx-proto'
import { TranscribeError } from '../errors'

type Node = onnx.INodeProto
type Tensor = onnx.ITensorProto
type Step = 'first' | 'cached'

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx

export const DECODER_LAYERS = 6
const BRANCH_OF_STEP: Record<Step, string> = { first: 'else_branch', cached: 'then_branch' }
const OUTPUT_MATRIX = 'model.decoder.embed_tokens.weight_merged_0'
const ENCODER_CACHE = /present\.\d+\.encoder/

export const makeDecoderGraphs = (shipped: Uint8Array): Record<Step, Uint8Array> => ({
  first: makeGraph(shipped, 'first'),
  cached: makeGraph(shipped, 'cached'),
})

function makeGraph(shipped: Uint8Array, step: Step): Uint8Array {
  const model = ModelProto.decode(shipped)
  const graph = need(model.graph, 'no graph')
  const choice = need(graph.node?.find((node) => node.opType === 'If'), 'no If node')
  const branch = need(choice.attribute?.find((attribute) => attribute.name === BRANCH_OF_STEP[step])?.g, `no ${BRANCH_OF_STEP[step]}`)
  const tensors = new Map([...(graph.initializer ?? []), ...(branch.initializer ?? [])].map((tensor) => [tensor.name ?? '', tensor]))

  const renamed = nameOutputs(branch, choice.output ?? [])
  const exposed = exposeAttention(renamed)
  const nodes = replaceOutputMatrix(exposed, tensors).filter((node) => step === 'first' || !ENCODER_CACHE.test(node.output?.[0] ?? ''))

  const used = new Set(nodes.flatMap((node) => node.input ?? []))
  graph.node = nodes
  graph.initializer = [...tensors.values()].filter((tensor) => used.has(tensor.name ?? ''))
  graph.input = (graph.input ?? []).filter((input) => used.has(input.name ?? '') && input.name !== 'use_cache_branch')
  graph.output = [...(graph.output ?? []).filter((output) => step === 'first' || !ENCODER_CACHE.test(output.name ?? '')), ...attentionOutputs()]
  graph.valueInfo = []
  return ModelProto.encode(model).finish()
}

/** The branch's nodes, giving their results the names that the `If` gave them outside. */
function nameOutputs(branch: onnx.IGraphProto, outerNames: readonly string[]): Node[] {
  const nodes = branch.node ?? []
  const produced = new Set(nodes.flatMap((node) => node.output ?? []))
  const newNames = new Map<string, string>()
  const copies: Node[] = []
  branch.output?.forEach((output, index) => {
    const inner = output.name ?? ''
    const outer = need(outerNames[index], `output ${index} of the If`)
    if (inner === outer) return
    if (produced.has(inner)) newNames.set(inner, outer)
    else copies.push({ opType: 'Identity', input: [inner], output: [outer] })
  })
  const rename = (names: string[] | null | undefined): string[] => (names ?? []).map((name) => newNames.get(name) ?? name)
  return [...nodes.map((node) => ({ ...node, input: rename(node.input), output: rename(node.output) })), ...copies]
}

function exposeAttention(nodes: Node[]): Node[] {
  const softmaxes = nodes.filter((node) => node.opType === 'Softmax' && /encoder_attn/.test(node.name ?? ''))
  if (softmaxes.length !== DECODER_LAYERS) throw TranscribeError.modelUnknown(`${softmaxes.length} cross-attention layers instead of ${DECODER_LAYERS}`)
  const copies = softmaxes.map((node): Node => {
    const layer = need(/layers\.(\d+)/.exec(node.name ?? '')?.[1], `layer number of ${node.name}`)
    return { opType: 'Identity', input: [need(node.output?.[0], 'softmax output')], output: [`cross_attentions.${layer}`] }
  })
  return [...nodes, ...copies]
}

const attentionOutputs = (): onnx.IValueInfoProto[] =>
  Array.from({ length: DECODER_LAYERS }, (_, layer) => ({
    name: `cross_attentions.${layer}`,
    type: { tensorType: { elemType: TensorProto.DataType.FLOAT, shape: { dim: ['b', 'h', 'q', 'k'].map((dimParam) => ({ dimParam })) } } },
  }))

/** logits = x · dequantise(Wᵀ) becomes quantise(x) · Wᵀ in integers, scaled afterwards. */
function replaceOutputMatrix(nodes: Node[], tensors: Map<string, Tensor>): Node[] {
  const product = need(nodes.find((node) => node.name === '/proj_out/MatMul'), 'no output projection')
  const [input, weights] = [need(product.input?.[0], 'projection input'), need(product.input?.[1], 'projection weights')]
  const logits = need(product.output?.[0], 'projection output')
  const turned = nodes.filter((node) => node.output?.includes(weights))
  const dequantised = nodes.filter((node) => turned.some((turn) => node.output?.includes(turn.input?.[0] ?? '')))
  const obsolete = new Set([product, ...turned, ...dequantised])

  tensors.set('lm_weights', turnMatrix(need(tensors.get(`${OUTPUT_MATRIX}_quantized`), 'no quantised output matrix')))
  const [scale, zeroPoint] = [`${OUTPUT_MATRIX}_scale`, `${OUTPUT_MATRIX}_zero_point`]
  return [
    ...nodes.filter((node) => !obsolete.has(node)),
    { name: 'lm_quantise', opType: 'DynamicQuantizeLinear', input: [input], output: ['lm_x', 'lm_x_scale', 'lm_x_zero'] },
    { name: 'lm_product', opType: 'MatMulInteger', input: ['lm_x', 'lm_weights', 'lm_x_zero', zeroPoint], output: ['lm_integers'] },
    { name: 'lm_floats', opType: 'Cast', input: ['lm_integers'], output: ['lm_unscaled'], attribute: [castToFloat] },
    { name: 'lm_scales', opType: 'Mul', input: ['lm_x_scale', scale], output: ['lm_scale'] },
    { name: 'lm_scaled', opType: 'Mul', input: ['lm_unscaled', 'lm_scale'], output: [logits] },
  ]
}

const castToFloat: onnx.IAttributeProto = { name: 'to', type: AttributeProto.AttributeType.INT, i: TensorProto.DataType.FLOAT }

function turnMatrix(matrix: Tensor): Tensor {
  const [rows, columns] = [Number(matrix.dims?.[0]), Number(matrix.dims?.[1])]
  const source = need(matrix.rawData, 'output matrix without data')
  const target = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) target[column * rows + row] = source[row * columns + column]!
  }
  return { name: 'lm_weights', dataType: TensorProto.DataType.UINT8, dims: [columns, rows], rawData: target }
}

function need<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw TranscribeError.modelUnknown(what)
  return value
}
