"""The application forms of the demo: filled in they are samples, empty they are the blank forms. One source for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards import ADDRESS, NAME, NUMBER
from paper import Cell

PROMISE = "本人承诺所填内容和所附材料真实有效。"


@dataclass(frozen=True, slots=True)
class Form:
    """`rows` of (field, label, value as filled in); `signs`: who signs it, where that is not the applicant."""

    title: str
    rows: Sequence[Sequence[Cell]]
    promise: str = PROMISE
    signs: Sequence[str] = ("申请人（签名）",)


def person(more: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows every person's form begins with."""
    return [[("name", "姓名", NAME), ("phone", "联系电话", "138****0000")], [("number", "身份证号", NUMBER)], [("address", "住址", ADDRESS)], *more]  # fmt: skip


FIRM = [("firm", "申请单位", "衢州**运输有限公司"), ("credit-code", "统一社会信用代码", "91330802MA********")]

FORMS: dict[str, Form] = {
    "freight-form": Form("道路货物运输经营申请表", [[FIRM[0]], [FIRM[1]], [("matter", "申请事项", "■新增　□变更　□换证　□补证　□终止")], [("scope", "经营范围", "道路普通货物运输")], [("vehicles", "投入车辆", "重型厢式货车 2 辆，共 19.6 吨")], [("operator", "经办人", f"{NAME}　{NUMBER}")]]),
    "food-form": Form("食品经营许可申请书", [[("firm", "经营者名称", "衢州市柯城区张*餐馆")], [("credit-code", "统一社会信用代码", "92330802MA********")], [("address", "经营场所", "衢州市柯城区**街*号")], [("category", "主体业态", "□食品销售经营者　■餐饮服务经营者　□单位食堂")], [("items", "经营项目", "热食类食品制售、自制饮品制售")], [("manager", "食品安全管理员", "李*")]]),
    "property-form": Form("不动产登记申请书", [[("seller", "转让方", "李*　330802********5678")], [("buyer", "受让方", f"{NAME}　{NUMBER}")], [("address", "坐落", "衢州市柯城区**小区*幢*单元*室")], [("certificate-number", "不动产权证书号", "浙（2021）衢州市不动产权第00*****号")], [("reason", "登记原因", "买卖")], [("share", "共有方式", "■单独所有　□共同共有　□按份共有")]], "双方承诺交易真实，共同申请转移登记。"),
    "individual-form": Form("个体工商户登记（备案）申请书", [[("firm", "名称", "衢州市柯城区张*餐馆")], [("operator", "经营者", f"{NAME}　{NUMBER}")], [("form-kind", "组成形式", "■个人经营　□家庭经营")], [("address", "经营场所", "衢州市柯城区**街*号")], [("scope", "经营范围", "餐饮服务")], [("staff", "从业人数", "3 人"), ("phone", "联系电话", "138****0000")]]),
    "passport-form": Form("中国公民出入境证件申请表", person([[("document", "申请证件", "■普通护照　□往来港澳通行证　□往来台湾通行证")], [("matter", "申请类别", "■首次　□换发　□补发")], [("emergency", "紧急联系人", "王*　139****0000")]])),
    "licence-form": Form("机动车驾驶证申请表", person([[("class", "准驾车型", "C1"), ("file-number", "档案编号", "3308********")], [("matter", "业务种类", "■期满换证　□遗失补证　□信息变更")], [("health", "身体状况申告", "■本人没有不能驾驶机动车的疾病")]])),
    "id-form": Form("居民身份证申领登记表", person([[("matter", "申领原因", "■首次申领　□到期换领　□遗失补领")], [("validity", "证件有效期限", "20 年"), ("household", "户口所在地", "柯城区花园派出所")]])),
    "social-form": Form("浙江省社会保障卡申领登记表", person([[("bank", "服务银行", "**银行衢州分行"), ("account", "金融账户", "■同意开通")], [("employer", "参保单位", "衢州**有限公司")]])),
    "hygiene-form": Form("公共场所卫生许可申请表", [[("firm", "单位名称", "衢州市柯城区张*餐馆")], [("credit-code", "统一社会信用代码", "92330802MA********")], [("address", "经营场所地址", "衢州市柯城区**街*号")], [("category", "场所类别", "□住宿　□沐浴　■饮食　□美容美发　□游泳")], [("area", "营业面积", "86 ㎡"), ("staff", "从业人数", "3 人")], [("ventilation", "通风方式", "机械通风　新风 30 m³/（人·h）")]]),
    "invoice-form": Form("发票领用申请表", [[("firm", "纳税人名称", "衢州**运输有限公司")], [("credit-code", "纳税人识别号", "91330802MA********")], [("kinds", "发票种类", "增值税普通发票（百元版）")], [("amount", "领用数量", "25 份／月"), ("previous", "上次已验旧", "25 份")], [("operator", "购票员", f"{NAME}　{NUMBER}")]]),
    "birth-form": Form("浙江省生育登记表", [[("wife", "女方", f"{NAME}　{NUMBER}")], [("husband", "男方", "王*　330802********5678")], [("order", "生育子女情况", "■第一个子女　□第二个子女　□第三个子女")], [("due", "预产期", "2027年3月"), ("phone", "联系电话", "138****0000")], [("address", "现居住地", ADDRESS)]]),
    "eia-form": Form("建设项目环境影响评价文件报批申请书", [[("firm", "建设单位", "衢州**材料有限公司")], [("credit-code", "统一社会信用代码", "91330802MA********")], [("project", "项目名称", "年产 2 万吨**材料生产线")], [("project-code", "项目代码", "2603-330802-04-01-******")], [("place", "建设地点", "衢州市柯城区**工业园区")], [("document", "环评文件", "□报告书　■报告表")]]),
}  # fmt: skip
LETTERS: dict[str, Form] = {
    "income-proof": Form("收　入　证　明", [[("", "职工姓名", ""), ("", "身份证号", "")], [("", "近12个月平均月收入（税前，大写和小写）", "")], [("", "住房公积金月缴存额", "")], [("", "单位联系人和电话", "")]], "兹证明上述内容真实，本单位对此负责。", ("单位（公章）",)),
    "mandate": Form("授 权 委 托 书", [[("", "委托人姓名", ""), ("", "身份证号", "")], [("", "受托人姓名", ""), ("", "身份证号", "")], [("", "委托事项", "")], [("", "委托期限", "　　　　年　　月　　日至　　　　年　　月　　日")]], "受托人在委托期限内办理上述事项，委托人均予承认。", ("受托人（签名）", "委托人（签名）")),
    "vehicle-purchase": Form("拟购车辆承诺书", [[("", "申请人", "")], [("", "拟购车辆的类型、数量和载质量", "")], [("", "购置期限", "许可之日起　　　日内（不超过180日）")]], "本人承诺所购车辆技术等级达到二级以上；逾期未购，自愿撤回许可。"),
    "lost-notice": Form("道路运输经营许可证遗失声明", [[("", "业户名称", "")], [("", "遗失的证件和编号", "")], [("", "遗失的时间和经过", "")]], "本单位承诺遗失情况属实，找到原证即交回。", ("声明人（盖章或签名）",)),
    "owners-consent": Form("利害关系业主同意书", [[("", "经营者", "")], [("", "房屋坐落", "")], [("", "由住宅改为何种经营用途", "")], [("", "本幢业主（户室号、签名，可另附页）", "\n\n\n")], [("", "社区居民委员会意见（盖章）", "\n")]], "上列业主同意将该住宅改变为经营性用房。", ("经营者（签名）",)),
    "address-statement": Form("同一地址登记情况说明", [[("", "地址", "")], [("", "原登记户名称和迁出时间", "")], [("", "现承租人", "")]], "上述情况属实。", ("房屋所有权人（签名）", "社区居民委员会（盖章）")),
}  # fmt: skip
"""Blank papers whose samples look otherwise (`draw.OTHERS`)."""
