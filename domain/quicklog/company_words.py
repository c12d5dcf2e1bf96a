"""Words that company names end in, banks that are rivals, and words that are no client at all."""

LEGAL_ZH = (
    "股份有限责任公司",
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "控股有限公司",
    "集团股份公司",
    "有限合伙",
    "有限公司",
    "集团公司",
    "总公司",
    "分公司",
    "子公司",
    "公司",
    "集团",
    "股份",
    "控股",
    "个体工商户",
    "专业合作社",
    "合作社",
)
INDUSTRY_ZH = (
    "新能源 新材料 供应链 混凝土 旅行社 幼儿园 村委会 街道办 研究院 设计院 事务所 电子商务 房地产 农产品 汽车配件 医疗器械 "
    "信息技术 网络科技 生物科技 人力资源 建筑工程 装饰工程 国际贸易 进出口 数字技术 自动化 机电 精密 "
    "实业 食品 物流 制药 药业 医药 汽配 汽车 汽贸 牧场 牧业 农业 农牧 农场 酒业 酒店 饭店 宾馆 餐饮 超市 商贸 商业 贸易 科技 技术 电子 机械 重工 建材 "
    "建设 建筑 建工 置业 地产 房产 化工 化学 纺织 服饰 服装 家具 家居 家纺 印刷 印务 包装 塑料 塑胶 塑业 五金 模具 钢铁 钢构 钢材 铝业 铜业 锂业 "
    "矿业 煤业 能源 电力 电气 电器 电缆 电机 光电 光伏 环保 水务 燃气 热力 园林 生物 医疗 器械 医院 诊所 药房 药店 学校 学院 中学 小学 教育 培训 文化 "
    "传媒 广告 旅游 运输 航运 港务 船务 船舶 快递 速运 仓储 冷链 投资 资本 租赁 担保 典当 小贷 信息 软件 网络 通信 通讯 数码 智能 "
    "智造 制造 装备 设备 仪器 仪表 轴承 泵业 阀门 陶瓷 玻璃 水泥 涂料 橡胶 轮胎 皮革 鞋业 制衣 玩具 工艺 珠宝 茶业 茶叶 粮油 粮食 油脂 饲料 种业 "
    "水产 渔业 畜牧 养殖 乳业 饮料 啤酒 烘焙 糖业 盐业 纸业 木业 石化 石油 材料 工程 装饰 装修 物业 股份 商行 商店 商场 百货 连锁 "
    "工贸 工业 实验 零部件 半导体 芯片 机器人 体育 健身 影业 影视 娱乐 国际 开发 服务 管理 咨询 律所 律师事务所 果业 果蔬 蔬菜 生鲜 花卉 苗木 "
    "机床 铸造 锻造 线缆 照明 灯具 厨具 洁具 卫浴 门窗 家电 空调 眼镜 钟表 文具 图书 书店 车行 4S店 加油站 大药房 火锅 茶楼 面粉 米业 肉业 肉联厂 "
    "纺织厂 服装厂 机械厂 食品厂 造纸厂 化肥厂 水泥厂 印染厂 砖厂 石料厂 面粉厂 饲料厂 玩具厂 家具厂 鞋厂 药厂 酒厂 纸厂 电厂 水厂 钢厂 糖厂"
).split()
LEGAL_EN = frozenset(
    "ltd limited inc incorporated corp corporation co company plc llc llp lp gmbh ag sa sas srl spa "
    "bv nv ab as oy pty pte kk sarl kg holdings holding group".split()
)
GENERIC_EN = frozenset(
    "the and of & international global services service systems technologies technology solutions "
    "industries enterprises partners trading logistics foods financial capital properties energy "
    "brothers bros sons motors pharmaceuticals pharma electronics engineering construction "
    "consulting associates media software labs laboratories resources materials manufacturing "
    "packaging transport shipping textiles retail stores hotel hotels bank insurance trust "
    "communications companies".split()
)
# First words of names that are everyday words: only a capital inside a sentence makes them a name.
EVERYDAY_EN = frozenset(
    "target gap match visa apple ball best first general national american united new next old "
    "great good big small north south east west northern southern eastern western central standard "
    "public state street dollar home live news fox key block ever dominion prudential progressive "
    "principal travel citizens constellation digital discover edison equity essex extra fair federal "
    "fortune marathon martin micron monster norm paramount people pioneer pool principal quest "
    "realty regions republic rollins royal sealed southwest stanley sun synchrony texas trade tractor "
    "universal van waters welltower western host global iron line may march june april august friday "
    "monday sunday star sky blue green red black white gold silver golden summit prime smart direct "
    "express market fresh fast quick open safe one two three four five six seven eight nine ten can "
    "will be at to for on of in by my we us our it as an or if so do go no up me he she they them him "
    "her you your his their this that with from meet met visit call note text mail chat lunch plan "
    "loan rate fund bank cash card fees risk deal work team week month year today tomorrow all most "
    "more less some any every thanks please hello dear re fyi ok okay yes not done due paid".split()
)

BANKS = frozenset(
    "工行 工商银行 建行 建设银行 农行 农业银行 中行 中国银行 交行 交通银行 招行 招商银行 邮储 邮储银行 浦发 浦发银行 中信银行 "
    "民生银行 光大银行 兴业银行 平安银行 华夏银行 广发银行 浙商银行 渤海银行 恒丰银行 农商行 农信社 信用社 城商行 他行 别行 同业 "
    "北京银行 上海银行 江苏银行 宁波银行 南京银行 杭州银行 微众银行 网商银行 国开行 进出口银行 农发行 汇丰 渣打 花旗 人行 银保监 "
    "hsbc citi citibank barclays lloyds natwest santander chase jpmorgan jpm wells fargo boa bofa dbs ocbc uob scb standard "
    "chartered icbc ccb abc boc bocom cmb spdb cib cmbc cebl bnp paribas ubs deutsche rbs".split()
)
NOBODY = frozenset(
    "客户 对方 他 她 他们 她们 它 我 我们 咱们 你 你们 大家 自己 人家 这家 那家 两家 三家 几家 老板 财务 会计 出纳 法人 领导 行长 "
    "副行长 主管 同事 师傅 团队长 部门 支行 分行 总行 本行 我行 行里 行内 网点 柜台 大堂 厅堂 风控 风控部 产品部 审批 审批部 "
    "授信部 运营 国际部 公司部 零售部 合规 信审 家里 现场 厂里 公司 单位 办公室 工地 车间 仓库 一趟 一下 一次 一圈 电话 微信 短信 "
    "邮件 资料 材料 方案 报告 合同 报价 客户经理 经理 会议 开会 吃饭 见面 今天 明天 昨天 没接 没人 新客户 老客户 朋友 "
    "企业 工厂 门店 店里 那边 那里 这边 楼下 园区 市里 区里 外地 银行 贷款 存款 续贷 授信 没 不 都 也 就 还 又 再 "
    "him her them they he she it us me you i we client customer the a an my our his their team boss "
    "colleague colleagues manager risk credit ops operations compliance product desk branch office "
    "lunch dinner coffee call meeting home work today tomorrow yesterday everyone everybody someone "
    "nobody next last this that them now then there here back again first about re both all "
    "all two three four five owner owners director cfo ceo coo finance accountant bank loan deal "
    "factory plant warehouse site hq reception no yes ok new old voicemail vm message text email "
    "lawyer lawyers solicitor auditor auditors treasury legal head regional area underwriter underwriting".split()
)
