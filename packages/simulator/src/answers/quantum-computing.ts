import { markdown } from './markdown.js'
import type { Topic } from './topic.js'

/** What quantum computing is. */
export const quantumComputing: Topic = {
  keywords: /quantum|qubit|量子/i,
  texts: {
    en: {
      reasoning: markdown`
The reader wants quantum computing explained. I should start from what differs from an ordinary bit: superposition.
Then interference and entanglement, because superposition alone gives no speed-up: a measurement returns one result.
A small circuit would make it concrete. A Bell state needs only two gates. I should be honest about the limits, too.
`,
      content: markdown`
## Quantum computing in one page

An ordinary bit is **0 or 1**. A *qubit* is a direction in a two-dimensional space:

$$|\psi\rangle = \alpha|0\rangle + \beta|1\rangle, \qquad |\alpha|^2 + |\beta|^2 = 1$$

When it is measured, it gives 0 with probability $|\alpha|^2$ and 1 with probability $|\beta|^2$. With $n$ qubits there are $2^n$ such amplitudes.

### Three ideas

1. **Superposition**: the state holds many amplitudes at once.
2. **Entanglement**: the parts of a state need not have states of their own.
3. **Interference**: an algorithm makes wrong answers cancel and right answers add up. This is where the speed comes from.

### What it is good for

| Problem | Best classical method known | Quantum algorithm |
|---|---|---|
| Factoring an $n$-bit number | sub-exponential | Shor: about $n^3$ steps |
| Searching $N$ entries | $N$ steps | Grover: $\sqrt{N}$ steps |
| Simulating molecules | exponential | polynomial, for many of them |

### Two entangled qubits in code

~~~python
from qiskit import QuantumCircuit

circuit = QuantumCircuit(2)
circuit.h(0)      # put the first qubit into superposition
circuit.cx(0, 1)  # entangle the second with it
circuit.measure_all()
# Results: 00 half of the time, 11 the other half, never 01 or 10.
~~~

### What it is not

- It does *not* try all answers at once and pick the best: measuring gives one result.
- It does not replace ordinary computers; it helps with a few kinds of problems.
- Today's machines make errors, and correcting them costs many physical qubits for each logical one.
`,
    },
    ja: {
      reasoning: markdown`
量子コンピューティングの説明を求められている。まず通常のビットとの違い、つまり重ね合わせから始めるのがよい。
ただし重ね合わせだけでは速くならない。測定で得られる結果は一つだけだからだ。干渉ともつれも説明する必要がある。
具体例として、ゲート二つで作れるベル状態の回路を見せよう。限界についても正直に書くべきだ。
`,
      content: markdown`
## 量子コンピューティングとは

通常のビットは **0 か 1** のどちらかです。*量子ビット*は、二次元空間の中の一つの向きとして表されます。

$$|\psi\rangle = \alpha|0\rangle + \beta|1\rangle, \qquad |\alpha|^2 + |\beta|^2 = 1$$

測定すると、確率 $|\alpha|^2$ で 0、確率 $|\beta|^2$ で 1 が得られます。$n$ 個の量子ビットには $2^n$ 個の振幅があります。

### 三つの考え方

1. **重ね合わせ**：一つの状態が、多くの振幅を同時に持ちます。
2. **量子もつれ**：全体の状態が決まっていても、部分ごとの状態は決まりません。
3. **干渉**：誤った答えの振幅を打ち消し合わせ、正しい答えの振幅を強め合わせます。速さの源はここにあります。

### 得意なこと

| 問題 | 知られている最良の古典的方法 | 量子アルゴリズム |
|---|---|---|
| $n$ ビットの素因数分解 | 準指数時間 | ショア：およそ $n^3$ ステップ |
| $N$ 件の探索 | $N$ ステップ | グローバー：$\sqrt{N}$ ステップ |
| 分子のシミュレーション | 指数時間 | 多くの場合、多項式時間 |

### もつれた二つの量子ビットをコードで

~~~python
from qiskit import QuantumCircuit

circuit = QuantumCircuit(2)
circuit.h(0)      # 一つ目の量子ビットを重ね合わせにする
circuit.cx(0, 1)  # 二つ目をもつれさせる
circuit.measure_all()
# 結果：00 と 11 が半分ずつ。01 と 10 は決して出ない。
~~~

### よくある誤解

- すべての答えを同時に試して最良のものを選ぶわけでは*ありません*。測定で得られる結果は一つです。
- 通常のコンピューターに取って代わるものではなく、特定の種類の問題に役立ちます。
- 現在の装置には誤りが多く、その訂正には論理量子ビット一つにつき多数の物理量子ビットが必要です。
`,
    },
    zh: {
      reasoning: markdown`
用户想了解量子计算。应当先讲它与普通比特的不同：叠加。
但仅有叠加并不会更快，因为测量只给出一个结果，所以还要讲干涉和纠缠。
用一个只有两个门的贝尔态电路作例子会更具体。最后要如实说明它的局限。
`,
      content: markdown`
## 量子计算简介

普通比特**不是 0 就是 1**。*量子比特*则是二维空间中的一个方向：

$$|\psi\rangle = \alpha|0\rangle + \beta|1\rangle, \qquad |\alpha|^2 + |\beta|^2 = 1$$

测量时，以概率 $|\alpha|^2$ 得到 0，以概率 $|\beta|^2$ 得到 1。$n$ 个量子比特共有 $2^n$ 个振幅。

### 三个要点

1. **叠加**：一个状态同时包含许多振幅。
2. **纠缠**：整体的状态确定时，各部分未必有自己的状态。
3. **干涉**：算法让错误答案的振幅相互抵消，让正确答案的振幅相互加强。速度正来源于此。

### 擅长的问题

| 问题 | 已知最好的经典方法 | 量子算法 |
|---|---|---|
| 分解 $n$ 位整数 | 亚指数时间 | Shor：约 $n^3$ 步 |
| 搜索 $N$ 个条目 | $N$ 步 | Grover：$\sqrt{N}$ 步 |
| 模拟分子 | 指数时间 | 许多情形为多项式时间 |

### 用代码纠缠两个量子比特

~~~python
from qiskit import QuantumCircuit

circuit = QuantumCircuit(2)
circuit.h(0)      # 让第一个量子比特进入叠加态
circuit.cx(0, 1)  # 让第二个与它纠缠
circuit.measure_all()
# 结果：00 与 11 各占一半，绝不会出现 01 或 10。
~~~

### 常见误解

- 它*并不是*同时尝试所有答案再选出最好的：测量只给出一个结果。
- 它不会取代普通计算机，只对某几类问题有帮助。
- 今天的机器错误率较高，纠错时每个逻辑量子比特要用许多物理量子比特。
`,
    },
  },
}
