import type { Model } from '../model/models.js'
import { createRandom } from '../model/random.js'
import { type TokenPiece, tokenPieces } from '../model/token-pieces.js'
import type { CompletionRequest, RequestTool } from '../request/completion-request.js'
import { anyPrompt } from './any-prompt.js'
import { type Conversation, readConversation } from './conversation.js'
import { irrationalRoot } from './irrational-root.js'
import { longText, longTextKeywords, longTextTokens } from './long-text.js'
import { quantumComputing } from './quantum-computing.js'
import { sampleValue } from './sample-value.js'
import type { Script, ToolCall } from './script.js'
import { simulatorNotice } from './simulator-notice.js'
import { toolResult } from './tool-result.js'
import type { Topic, TopicText } from './topic.js'

const topics: readonly Topic[] = [irrationalRoot, quantumComputing]

/**
 * Writes what the simulated model says in one choice.
 *
 * @param tokens The number of tokens that the prompt asks for, if it does.
 * @param seed The same seed gives the same script.
 */
export function writeScript(
  request: CompletionRequest,
  model: Model,
  tokens: number | undefined,
  seed: string,
): Script {
  const conversation = readConversation(request.messages)
  const { prompt, language } = conversation
  const think = (reasoning: string): Iterable<TokenPiece> => (model.thinks ? tokenPieces(reasoning) : [])

  const tool = conversation.toolResult === undefined ? chooseTool(request) : undefined
  if (tool !== undefined) {
    const { name } = tool.function
    return {
      reasoning: think(`The tool ${name} can answer this. I only need its arguments.\n`),
      content: [],
      toolCall: callTool(tool, prompt, seed),
    }
  }
  if (tokens !== undefined || longTextKeywords.test(prompt)) {
    return { reasoning: [], content: longText(language, tokens ?? longTextTokens, seed) }
  }
  const { reasoning, content } = findText(conversation)
  return { reasoning: think(reasoning), content: tokenPieces(format(content, conversation, request)) }
}

function format(content: string, { prompt, language }: Conversation, request: CompletionRequest): string {
  const notice = simulatorNotice[language]
  switch (request.response_format?.type) {
    case 'json_object':
      return JSON.stringify({ notice: notice.replace(/[>*]/g, '').trim(), prompt, answer: content }, null, 2)
    case 'json_schema':
      return JSON.stringify(sampleValue(request.response_format.json_schema?.schema, prompt), null, 2)
    default:
      return notice + content
  }
}

function findText(conversation: Conversation): TopicText {
  const { prompt, language, toolResult: result } = conversation
  if (result !== undefined) return toolResult(language, result)
  return topics.find((topic) => topic.keywords.test(prompt))?.texts[language] ?? anyPrompt(conversation)
}

function chooseTool({ tools, tool_choice: choice, messages }: CompletionRequest): RequestTool | undefined {
  if (choice === 'none' || messages.at(-1)?.role !== 'user') return undefined
  if (typeof choice !== 'object' || choice === null) return tools?.[0]
  return tools?.find((tool) => tool.function.name === choice.function.name)
}

function callTool(tool: RequestTool, prompt: string, seed: string): ToolCall {
  return {
    id: `call_${createRandom(`${seed} tool`).text(20)}`,
    name: tool.function.name,
    arguments: JSON.stringify(sampleValue(tool.function.parameters, prompt) ?? {}),
  }
}
