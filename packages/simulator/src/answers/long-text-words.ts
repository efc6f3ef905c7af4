import type { Language } from '../request/language.js'

/** What long texts are made of, in one language. In the sentences, PLACE and THING stand for one of each. */
export interface LongTextWords {
  readonly title: string
  /** What stands between two sentences. */
  readonly space: string
  readonly headings: readonly [string, ...string[]]
  readonly sentences: readonly [string, ...string[]]
  readonly places: readonly [string, ...string[]]
  readonly things: readonly [string, ...string[]]
}

/** A walk along a river, in pieces. */
export const longTextWords: Readonly<Record<Language, LongTextWords>> = {
  en: {
    title: 'A walk along the river',
    space: ' ',
    headings: ['The source', 'Through the hills', 'Under the bridges', 'The wide valley', 'Towards the sea'],
    sentences: [
      'In the morning we set out from PLACE and followed THING downstream.',
      'Nobody spoke for a while; only THING could be heard near PLACE.',
      'At PLACE the path turned away from the water, and came back a mile later.',
      'An old woman told us about THING that she had seen as a child.',
      'The light changed slowly, and PLACE lay in shadow before we noticed.',
      'We stopped to draw THING, and the drawing was finished before the tea was cold.',
      'Further down, beyond PLACE, the current was so calm that it mirrored THING.',
      'There are maps on which PLACE is missing, although everybody here knows the way.',
    ],
    places: [
      'the mill',
      'the stone bridge',
      'the ferry',
      'the orchard',
      'the lock',
      'the island',
      'the lighthouse',
    ],
    things: ['a heron', 'the bells', 'a wooden boat', 'the reeds', 'a row of poplars', 'the evening train'],
  },
  ja: {
    title: '川に沿って歩く',
    space: '',
    headings: ['源流', '山あいを抜けて', '橋の下で', '広い谷', '海へ'],
    sentences: [
      '朝、私たちはPLACEを出発し、THINGを眺めながら下流へ向かった。',
      'しばらくのあいだ誰も口を開かず、PLACEのあたりではTHINGの気配だけがしていた。',
      'PLACEのところで道は水辺を離れ、一里ほど先でまた戻ってきた。',
      '一人の老婆が、子どものころに見たというTHINGの話をしてくれた。',
      '光はゆっくりと移り、気がつくとPLACEはもう影の中にあった。',
      '足を止めてTHINGを描いた。お茶が冷めるより早く、絵はできあがった。',
      'PLACEを過ぎると流れはたいそう穏やかで、水面にTHINGが映っていた。',
      'PLACEの載っていない地図もあるが、この土地の人なら誰でも道を知っている。',
    ],
    places: ['水車小屋', '石橋', '渡し場', '果樹園', '水門', '中州', '灯台'],
    things: ['一羽の青鷺', '鐘の音', '木の小舟', '葦の茂み', 'ポプラの並木', '夕方の列車'],
  },
  zh: {
    title: '沿河而行',
    space: '',
    headings: ['源头', '穿过丘陵', '桥下', '宽阔的河谷', '向着大海'],
    sentences: [
      '清晨，我们从PLACE出发，望着THING往下游走去。',
      '有一阵子谁也没有说话，在PLACE附近，只感到THING就在身边。',
      '到了PLACE，小路离开水边，走了一里又绕了回来。',
      '一位老妇人给我们讲了她小时候见过的THING。',
      '光线慢慢移动，不知不觉间PLACE已在阴影之中。',
      '我们停下来画THING，茶还没凉，画已经完成了。',
      '过了PLACE，水流十分平静，水面映出了THING。',
      '有些地图上没有PLACE，可这里的人都认得路。',
    ],
    places: ['磨坊', '石桥', '渡口', '果园', '水闸', '小岛', '灯塔'],
    things: ['一只苍鹭', '钟声', '一条木船', '芦苇', '一排白杨', '傍晚的列车'],
  },
}
