"""Certificates with a look of their own: identity card, household book, bank card, deed, licence, invoice …"""

from __future__ import annotations

from paper import A4, BLUE, CARD, GREY, INK, LANDSCAPE, LINE, RED, Paper

NAME, NUMBER, ADDRESS = "张*", "330802********1234", "衢州市柯城区花园街道**路*号"


def id_card() -> Paper:
    page = Paper((900, 1180), (246, 248, 252))
    for top, ground in ((20, (228, 238, 248)), (600, (232, 240, 246))):
        page.pen.rounded_rectangle((20, top, 880, top + 550), 28, fill=ground, outline=LINE, width=3)
    page.field("name", "姓　名", NAME, 70, 80, 30)
    page.field("sex", "性　别", "女　　民　族　汉", 70, 150, 26)
    page.field("birth", "出　生", "19**年*月*日", 70, 215, 26)
    page.field("address", "住　址", "浙江省衢州市柯城区", 70, 285, 26)
    page.text(178, 330, "花园街道**路*号", 26, key="address")
    page.text(70, 480, "公民身份号码", 26, GREY)
    page.text(260, 476, NUMBER, 32, key="number")
    page.photo("photo", 620, 90, 210)
    page.text(450, 660, "中华人民共和国", 40, anchor="ma", bold=True)
    page.text(450, 740, "居 民 身 份 证", 54, anchor="ma", bold=True)
    page.pen.ellipse((70, 660, 190, 780), outline=RED, width=6)
    page.text(130, 720, "国徽", 30, RED, anchor="mm")
    page.field("issuer", "签发机关", "衢州市公安局柯城分局", 200, 930, 28)
    page.field("validity", "有效期限", "2019.05.20－2039.05.20", 200, 1010, 28)
    return page


def household() -> Paper:
    page = Paper(A4, (250, 246, 238))
    page.title("居 民 户 口 簿", 40, 34, RED)
    page.text(60, 105, "首页", 20, GREY)
    below = page.table(135, [[("kind", "户别", "家庭户"), ("head", "户主姓名", NAME)],
                             [("household-number", "户号", "3308**********")], [("address", "住址", ADDRESS)]])  # fmt: skip
    page.seal("issuer-seal", "衢州市公安局户口专用", 600, below + 92)
    page.field("issued", "签发日期", "2018年3月6日", 80, below + 110)
    page.title("常住人口登记卡", below + 205, 26)
    page.table(below + 262, [[("name", "姓名", NAME), ("relation", "户主或与户主关系", "户主")],
                             [("sex", "性别", "女"), ("birth", "出生日期", "19**年*月*日")],
                             [("number", "公民身份号码", NUMBER)], [("marital", "婚姻状况", "有配偶")],
                             [("changes", "登记事项变更", "无")]])  # fmt: skip
    return page


def bank_card() -> Paper:
    page = Paper(CARD, (240, 242, 246))
    page.pen.rounded_rectangle((20, 20, 880, 550), 34, fill=(54, 96, 146))
    page.text(70, 60, "**银行", 40, (255, 255, 255), bold=True, key="bank")
    page.text(830, 70, "借记卡（一类户）", 26, (220, 230, 245), key="kind", anchor="ra")
    page.pen.rounded_rectangle((80, 180, 190, 260), 12, fill=(222, 190, 110))
    page.text(70, 310, "6222 08** **** ***1 234", 50, (255, 255, 255), bold=True, key="card-number")
    page.text(70, 430, "VALID THRU  12/30", 24, (220, 230, 245), key="expiry")
    page.text(70, 480, "ZHANG *", 30, (255, 255, 255), key="holder")
    page.text(640, 480, "复印件上签名：", 22, (220, 230, 245))
    page.text(790, 472, NAME, 30, (255, 255, 255), key="holder-signature")
    return page


def deed() -> Paper:
    page = Paper(A4, (253, 249, 244))
    page.pen.rectangle((30, 30, 730, 1045), outline=(168, 60, 52), width=6)
    page.title("中华人民共和国", 60, 26, (150, 44, 40))
    page.title("不动产权证书", 100, 38, (150, 44, 40))
    page.text(700, 170, "浙（2021）衢州市不动产权第00*****号", 20, key="certificate-number", anchor="ra")
    below = page.table(215, [[("owner", "权利人", NAME)], [("co-ownership", "共有情况", "单独所有")],
                             [("address", "坐落", "衢州市柯城区**小区*幢*单元*室")], [("unit", "不动产单元号", "330802******GB*****F********")],
                             [("right", "权利类型", "国有建设用地使用权／房屋所有权")], [("nature", "权利性质", "出让／市场化商品房")],
                             [("use", "用途", "城镇住宅用地／住宅")], [("area", "面积", "土地使用权面积 12.6㎡／房屋建筑面积 98.4㎡")],
                             [("term", "使用期限", "国有建设用地使用权至 2081年6月30日止")], [("notes", "附记", "无抵押，无查封")]])  # fmt: skip
    page.seal("seal", "衢州市自然资源和规划局不动产登记", 590, min(below + 96, 940), 84)
    page.field("registered", "登记日期", "2021年8月12日", 70, below + 90)
    return page


def licence() -> Paper:
    page = Paper(LANDSCAPE, (252, 248, 236))
    page.pen.rectangle((20, 20, 1055, 680), outline=(190, 150, 70), width=10)
    page.title("营 业 执 照", 60, 54)
    page.text(70, 150, "统一社会信用代码", 20, GREY)
    page.text(70, 182, "92330802MA********", 26, key="credit-code", bold=True)
    for at, (key, label, value) in enumerate(
        [
            ("firm", "名　　称", "衢州市柯城区张*餐馆"),
            ("firm-kind", "类　　型", "个体工商户"),
            ("operator", "经 营 者", NAME),
            ("scope", "经营范围", "餐饮服务（凭许可证经营）"),
            ("capital", "组成形式", "个人经营"),
            ("established", "注册日期", "2026年3月2日"),
            ("address", "经营场所", "衢州市柯城区**街*号"),
        ]
    ):
        page.field(key, label, value, 70, 250 + at * 50, 24, 20)
    page.pen.rectangle((880, 130, 1000, 250), outline=INK, width=4)
    page.text(940, 190, "二维码", 26, GREY, anchor="mm")
    page.seal("seal", "衢州市市场监督管理局", 890, 500, 92)
    page.text(890, 610, "登记机关", 22, anchor="ma")
    return page


def invoice() -> Paper:
    page = Paper(LANDSCAPE, (252, 250, 246))
    page.title("浙江省增值税普通发票", 40, 36, (150, 70, 50), key="title")
    page.text(1015, 45, "No 0123****", 26, BLUE, key="invoice-number", anchor="ra")
    page.text(60, 45, "0330018****", 24, BLUE, key="invoice-number-code")
    page.field("date", "开票日期：", "2026年09月18日", 760, 92, 18, 4)
    below = page.table(130, [[("buyer", "购买方名称", f"{NAME}　{NUMBER}")]], 60, 64, 18)
    below = page.table(below, [[("goods", "货物名称", "不动产 *住宅*"), ("unit-price", "面积单价", "98.4㎡ × ¥10,200"), ("tax-rate", "税率", "5%")],
                               [("amount", "金额", "¥955,885.71"), ("tax", "税额", "¥47,794.29"), ("total", "价税合计", "¥1,003,680.00")]], 60, 92, 18)  # fmt: skip
    below = page.table(below, [[("seller", "销售方名称", "李*（衢州市税务局代开）")], [("property", "备注", "房屋坐落：衢州市柯城区**小区*幢*单元*室")]], 60, 70, 18)  # fmt: skip
    page.field("issuer", "开票人：", "王*", 80, below + 28)
    page.text(420, below + 28, "发票联", 24, (150, 70, 50), key="copy")
    page.seal("seal", "衢州市税务局代开发票专用", 880, below + 30, 84)
    return page


def tax_payment() -> Paper:
    page = Paper(LANDSCAPE, (250, 250, 252))
    page.title("中华人民共和国", 30, 24)
    page.title("税收缴款书（税务收现专用）", 66, 34, key="title")
    page.text(1015, 80, "（2026）浙缴现 0012****", 20, BLUE, key="paper-number", anchor="ra")
    below = page.table(140, [[("taxpayer", "纳税人名称", NAME), ("taxpayer-number", "纳税人识别号", NUMBER)]], 60, 62)
    below = page.table(below, [[("tax-kind", "税种", "契税"), ("item", "品目", "存量房住宅"), ("period", "所属期", "2026年9月")],
                               [("base", "计税金额", "955,885.71"), ("rate", "税率", "1%"), ("paid", "实缴税额", "¥9,558.86")]], 60, 76)  # fmt: skip
    below = page.table(below, [[("total", "金额合计", "（大写）玖仟伍佰伍拾捌元捌角陆分　¥9,558.86")], [("property", "备注", "房屋坐落：衢州市柯城区**小区*幢*单元*室")]], 60, 68)  # fmt: skip
    page.field("clerk", "填票人：", "陈*", 80, below + 40)
    page.field("paid-on", "填发日期：", "2026年9月20日", 330, below + 40)
    page.seal("seal", "衢州市税务局征税专用", 880, below + 34, 84)
    return page


def _card(title: str, rows: list[tuple[str, str, str]], seal: str, photo: bool = True) -> Paper:
    page = Paper(CARD, (240, 246, 244))
    page.pen.rounded_rectangle((16, 16, 884, 554), 24, outline=LINE, width=3, fill=(248, 252, 250))
    page.title(title, 40, 30)
    for at, (key, label, value) in enumerate(rows):
        page.field(key, label, value, 56, 112 + at * 54, 23)
    if photo:
        page.photo("photo", 690, 120, 150)
    page.seal("seal", seal, 770, 450, 70)
    return page


def driving_licence() -> Paper:
    return _card(
        "中华人民共和国机动车驾驶证",
        [("number", "证　号", NUMBER), ("name", "姓　名", NAME), ("address", "住　址", ADDRESS),
         ("class", "准驾车型", "C1"), ("first-issued", "初次领证日期", "2016-12-05"), ("validity", "有效期限", "2016-12-05 至 2026-12-05"),
         ("file-number", "档案编号", "3308********")],
        "衢州市公安局交通警察支队",
    )  # fmt: skip


def vehicle_licence() -> Paper:
    return _card(
        "中华人民共和国机动车行驶证",
        [("plate", "号牌号码", "浙H*****（黄牌）"), ("vehicle-kind", "车辆类型", "重型厢式货车"), ("owner", "所有人", "衢州**运输有限公司"),
         ("use", "使用性质", "货运"), ("load", "核定载质量", "9,800 kg"), ("inspection", "检验有效期", "至 2027年3月"), ("vin", "识别代号", "LFWS********12345")],
        "衢州市公安局交通警察支队", photo=False,
    )  # fmt: skip


def qualification() -> Paper:
    return _card(
        "道路运输从业人员从业资格证",
        [("name", "姓　名", NAME), ("number", "证　号", NUMBER), ("category", "从业类别", "道路货物运输驾驶员"),
         ("validity", "有效期限", "2024-06-01 至 2030-05-31"), ("issuer", "发证机关", "衢州市交通运输局")],
        "衢州市交通运输局",
    )  # fmt: skip


def health_certificate() -> Paper:
    return _card(
        "浙江省从业人员健康证明",
        [("name", "姓　名", NAME), ("sex", "性　别", "女"), ("category", "从业类别", "食品、公共场所"),
         ("examined", "体检日期", "2026-10-08"), ("validity", "有效期至", "2027-10-07"), ("result", "体检结果", "合格"), ("issuer", "发证单位", "衢州市**医院")],
        "衢州市人民医院健康体检",
    )  # fmt: skip
