import { markdown } from './markdown.js'
import type { Topic } from './topic.js'

/** Why the square root of two is irrational. */
export const irrationalRoot: Topic = {
  keywords:
    /√\s*2|sqrt\s*\(?\s*2|(?:square )?root of (?:2|two)|irrational|無理数|无理数|2\s*の平方根|根号\s*[2二]/i,
  texts: {
    en: {
      reasoning: markdown`
To be shown: √2 is not a ratio of two integers. A direct proof is awkward, because irrational means "not rational".
So I assume the opposite and look for a contradiction. Suppose √2 = p/q in lowest terms.
Squaring: p² = 2q². So p² is even. Does it follow that p is even? If p were odd, p = 2k + 1, then p² = 4k² + 4k + 1 would be odd. Yes.
Put p = 2m: 4m² = 2q², so q² = 2m², and q is even by the same argument.
Both even: but the fraction was in lowest terms. That is the contradiction. Check with numbers: 7/5 has 49 against 50, near but never equal. Good.
`,
      content: markdown`
## $\sqrt{2}$ is irrational

**Claim.** There are no integers $p$ and $q$ with $\sqrt{2} = \dfrac{p}{q}$.

### Proof, by contradiction

1. Suppose there are. Cancel common factors, so that $\gcd(p, q) = 1$.
2. Squaring gives
   $$p^2 = 2q^2.$$
   So $p^2$ is even, and therefore $p$ is even: the square of an odd number, $(2k+1)^2 = 4(k^2+k)+1$, is odd.
3. Write $p = 2m$. Then
   $$4m^2 = 2q^2 \quad\Longrightarrow\quad q^2 = 2m^2,$$
   so $q$ is even as well.
4. Now $2$ divides both $p$ and $q$, although $\gcd(p, q) = 1$. This is a contradiction. $\blacksquare$

### How near fractions come

| $p/q$ | $p^2$ | $2q^2$ | difference |
|---|---|---|---|
| 3/2 | 9 | 8 | 1 |
| 7/5 | 49 | 50 | −1 |
| 17/12 | 289 | 288 | 1 |
| 41/29 | 1681 | 1682 | −1 |

The difference never becomes 0. The next fraction comes from the one before:

~~~ts
const next = ([p, q]: [number, number]): [number, number] => [p + 2 * q, p + q]
~~~
`,
    },
    ja: {
      reasoning: markdown`
示すべきことは、√2 が二つの整数の比で表せないこと。無理数は「有理数でない」という否定の形なので、背理法が自然だ。
√2 = p/q と既約分数で表せたと仮定する。両辺を二乗すると p² = 2q²。よって p² は偶数。
p² が偶数なら p も偶数と言えるか。p が奇数なら p = 2k + 1 で p² = 4k² + 4k + 1 は奇数になる。だから言える。
p = 2m と置くと 4m² = 2q²、つまり q² = 2m²。同じ理由で q も偶数。
p も q も偶数なら、既約という仮定に反する。数値で確かめると 7/5 は 49 と 50 で、近いが等しくはならない。よし、これで書ける。
`,
      content: markdown`
## $\sqrt{2}$ が無理数であることの証明

**主張.** $\sqrt{2} = \dfrac{p}{q}$ を満たす整数 $p, q$ は存在しない。

### 証明（背理法）

1. 存在すると仮定します。約分して $\gcd(p, q) = 1$ としてかまいません。
2. 両辺を二乗すると
   $$p^2 = 2q^2$$
   となり、$p^2$ は偶数です。奇数の二乗 $(2k+1)^2 = 4(k^2+k)+1$ は奇数なので、$p$ は偶数です。
3. $p = 2m$ と置くと
   $$4m^2 = 2q^2 \quad\Longrightarrow\quad q^2 = 2m^2$$
   となり、同じ理由で $q$ も偶数です。
4. すると $p$ も $q$ も $2$ で割り切れ、$\gcd(p, q) = 1$ に矛盾します。したがって $\sqrt{2}$ は無理数です。$\blacksquare$

### 分数はどこまで近づけるか

| $p/q$ | $p^2$ | $2q^2$ | 差 |
|---|---|---|---|
| 3/2 | 9 | 8 | 1 |
| 7/5 | 49 | 50 | −1 |
| 17/12 | 289 | 288 | 1 |
| 41/29 | 1681 | 1682 | −1 |

差が 0 になることはありません。次の分数は、前の分数から次のように作れます。

~~~ts
const next = ([p, q]: [number, number]): [number, number] => [p + 2 * q, p + q]
~~~
`,
    },
    zh: {
      reasoning: markdown`
要证明 √2 不能写成两个整数之比。无理数的定义是否定式的，所以用反证法最自然。
假设 √2 = p/q，且 p/q 为最简分数。两边平方得 p² = 2q²，所以 p² 是偶数。
p² 为偶数能推出 p 为偶数吗？若 p 为奇数，p = 2k + 1，则 p² = 4k² + 4k + 1 为奇数。所以可以。
令 p = 2m，则 4m² = 2q²，即 q² = 2m²，同理 q 也是偶数。
p 与 q 都是偶数，与最简分数矛盾。用数字检验：7/5 对应 49 与 50，很接近但不相等。可以作答了。
`,
      content: markdown`
## 证明 $\sqrt{2}$ 是无理数

**命题.** 不存在整数 $p, q$ 使得 $\sqrt{2} = \dfrac{p}{q}$。

### 证明（反证法）

1. 假设存在。约去公因子，可设 $\gcd(p, q) = 1$。
2. 两边平方得
   $$p^2 = 2q^2,$$
   所以 $p^2$ 是偶数。奇数的平方 $(2k+1)^2 = 4(k^2+k)+1$ 是奇数，因此 $p$ 是偶数。
3. 令 $p = 2m$，则
   $$4m^2 = 2q^2 \quad\Longrightarrow\quad q^2 = 2m^2,$$
   同理 $q$ 也是偶数。
4. 于是 $2$ 同时整除 $p$ 与 $q$，与 $\gcd(p, q) = 1$ 矛盾。所以 $\sqrt{2}$ 是无理数。$\blacksquare$

### 分数能有多接近

| $p/q$ | $p^2$ | $2q^2$ | 差 |
|---|---|---|---|
| 3/2 | 9 | 8 | 1 |
| 7/5 | 49 | 50 | −1 |
| 17/12 | 289 | 288 | 1 |
| 41/29 | 1681 | 1682 | −1 |

差永远不会是 0。下一个分数可由前一个得到：

~~~ts
const next = ([p, q]: [number, number]): [number, number] => [p + 2 * q, p + q]
~~~
`,
    },
  },
}
