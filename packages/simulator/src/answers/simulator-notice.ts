import type { Language } from '../request/language.js'

/** The line that each answer begins with: nobody shall take the simulator for a model. */
export const simulatorNotice: Readonly<Record<Language, string>> = {
  en: '> **Simulator:** this answer is scripted. No model wrote it.\n\n',
  ja: '> **シミュレーター：** この回答は台本によるもので、モデルが生成したものではありません。\n\n',
  zh: '> **模拟器：** 这是预先写好的回答，并非由模型生成。\n\n',
}
