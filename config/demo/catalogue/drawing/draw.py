"""Draws the demo's sample pictures: `python config/demo/catalogue/drawing/draw.py`, where Noto CJK is installed.

Everybody in them is masked (张*), every picture says 样例. `samples/index.json` keeps where each field is, which is what
the items' marks point at.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cards
import sheets
from cards import NAME, NUMBER
from forms import FORMS
from paper import A4, Paper
from sheets import contract, form, proof, report

SAMPLES = Path(__file__).parents[1] / "samples"
OTHERS: dict[str, Callable[[], Paper]] = {
    "id-card": cards.id_card,
    "household": cards.household,
    "bank-card": cards.bank_card,
    "deed": cards.deed,
    "business-licence": cards.licence,
    "vat-invoice": cards.invoice,
    "tax-payment": cards.tax_payment,
    "driving-licence": cards.driving_licence,
    "vehicle-licence": cards.vehicle_licence,
    "qualification": cards.qualification,
    "health-certificate": cards.health_certificate,
    "floor-plan": lambda: sheets.floor_plan("经营场所平面布局和操作流程图", sheets.KITCHEN, True),
    "sales-plan": lambda: sheets.floor_plan("销售场所和贮存场所平面图", sheets.SHOP, False),
    "vending-list": lambda: report("自动设备放置地点清单", [("firm", "经营者", "衢州市柯城区张*食品商行")], [("places", "设备编号和地点", "V-001 柯城区**路*号门厅\nV-002 柯城区**广场*层\nV-003 衢州**学院食堂"), ("signed", "负责人签名", NAME)], "衢州市柯城区张*食品商行", "清　单"),
    "canteen-head": lambda: proof("食堂负责人任命书", [("name", f"任命 {NAME}（{NUMBER}）为本单位食堂负责人。"), ("duty", "负责食堂食品安全管理和从业人员健康管理。"), ("term", "任期：2026 年 11 月 1 日至 2028 年 10 月 31 日")], "衢州市**实验学校"),
    "canteen-contract": lambda: contract("食堂承包经营合同", [[("owner", "发包方", "衢州市**实验学校")], [("contractor", "承包方", "衢州**餐饮管理有限公司")], [("address", "经营地点", "柯城区**路*号学校食堂")], [("duty", "食品安全责任", "承包方为经营者，发包方履行管理责任（第七条）")], [("term", "承包期限", "2026年9月1日至2028年8月31日")]], ("发包方", "承包方")),
    "photographs": sheets.photographs,
    "photo-receipt": sheets.photo_receipt,
    "marriage": sheets.marriage,
    "credit-report": lambda: report("个人信用报告", [("name", "姓名", NAME), ("number", "证件号码", NUMBER), ("reported", "报告时间", "2026-11-10 09:32（30日内有效）")], [("loans", "未结清贷款", "0 笔"), ("overdue", "近24个月逾期", "连续 0 次，累计 1 次"), ("guarantee", "对外担保", "无"), ("queries", "近6个月查询", "2 次")], "中国人民银行征信中心"),
    "income-proof": lambda: proof("收　入　证　明", [("name", f"兹证明 {NAME}（身份证号 {NUMBER}）系我单位正式职工。"), ("income", "近十二个月平均月收入（税前）人民币 8,600.00 元，大写捌仟陆佰元整。"), ("fund", "月缴存住房公积金 1,720.00 元，缴存至 2026 年 10 月。"), ("contact", "单位联系人：李*　电话：0570-****000")], "衢州**有限公司"),
    "mandate": lambda: contract("授 权 委 托 书", [[("principal", "委托人", f"{NAME}　{NUMBER}")], [("agent", "受托人", "王*　330802********5678")], [("matter", "委托事项", "代为提交申请材料、签收文书、领取办理结果")], [("term", "委托期限", "2026年11月20日至2026年12月31日")]], ("受托人", "委托人"), "王*"),
    "lease": lambda: contract("房 屋 租 赁 合 同", [[("landlord", "出租人", "李*　330802********5678")], [("tenant", "承租人", f"{NAME}　{NUMBER}")], [("address", "房屋坐落", "衢州市柯城区**街*号")], [("use", "用途", "商业（餐饮）"), ("area", "面积", "86 ㎡")], [("term", "租赁期限", "2026年3月1日至2029年2月28日")]], ("出租人", "承租人")),
    "sale-contract": lambda: contract("存量房买卖合同（已网签备案）", [[("filing-number", "备案编号", "衢房网签〔2026〕第0*****号")], [("seller", "出卖人", "李*　330802********5678")], [("buyer", "买受人", f"{NAME}　{NUMBER}")], [("address", "房屋坐落", "衢州市柯城区**小区*幢*单元*室")], [("price", "成交价", "人民币 1,003,680.00 元"), ("area", "建筑面积", "98.4 ㎡")]], ("出卖人", "买受人")),
    "new-home-contract": lambda: contract("商品房买卖合同（已备案）", [[("filing-number", "备案编号", "衢房预备〔2026〕第0*****号")], [("seller", "出卖人", "衢州**房地产开发有限公司")], [("buyer", "买受人", f"{NAME}　{NUMBER}")], [("address", "房屋坐落", "衢州市柯城区**广场*幢*号商铺")], [("use", "规划用途", "商业"), ("area", "建筑面积", "86 ㎡")]], ("出卖人", "买受人")),
    "owners-consent": lambda: contract("利害关系业主同意书", [[("operator", "经营者", f"{NAME}　{NUMBER}")], [("address", "房屋坐落", "衢州市柯城区**小区*幢*单元101室")], [("use", "拟作用途", "由住宅改为商业（便利店）")], [("owners", "本幢业主", "应到 12 户，同意 12 户，名单附后")], [("community", "社区意见", "情况属实　花园社区居民委员会")]], ("业主代表", "经营者")),
    "name-notice": lambda: proof("个体工商户名称自主申报通知书", [("firm", "你（单位）申报的名称“衢州市柯城区张*餐馆”符合规定，予以保留。"), ("operator", f"申报人：{NAME}（{NUMBER}）"), ("validity", "保留期至 2027 年 1 月 15 日，逾期自动失效。")], "衢州市市场监督管理局", "（2026）登记名预字第0*****号"),
    "pre-permit": lambda: proof("危险化学品经营许可证", [("firm", "企业名称：衢州市柯城区张*化工商店"), ("scope", "许可范围：油漆、稀释剂（不带仓储）"), ("address", "经营地址：衢州市柯城区**街*号"), ("validity", "有效期：2026年10月8日至2029年10月7日")], "衢州市柯城区应急管理局", "浙衢危化经字〔2026〕0****号"),
    "village-proof": lambda: proof("村民委员会房屋权属证明", [("owner", f"兹证明坐落于柯城区**镇**村*号的房屋为本村村民 {NAME} 所有。"), ("use", "该房屋可用于经营，不属于违法建筑，未列入征迁范围。"), ("address", "四至清楚，面积 86 平方米。")], "柯城区**镇**村民委员会"),
    "address-statement": lambda: proof("同一地址登记情况说明", [("firm", "原登记户“衢州市柯城区李*百货店”已于 2026 年 10 月迁出。"), ("address", "地址：衢州市柯城区**街*号，现由张*承租使用。"), ("owner", "房屋所有权人：李*（签名）")], "花园街道**社区居民委员会"),
    "food-rules": lambda: report("食品安全管理制度", [("firm", "单位", "衢州市柯城区张*餐馆"), ("manager", "食品安全管理员", "李*")], [("rules", "制度目录", "一、从业人员健康管理　二、进货查验记录　三、场所清洁消毒　四、食品添加剂使用　五、餐厨废弃物处置　六、食品安全自查"), ("signed", "负责人签名", NAME)], "衢州市柯城区张*餐馆", "正　文"),
    "safety-rules": lambda: report("安全生产管理制度", [("firm", "单位", "衢州**运输有限公司"), ("manager", "安全管理员", "李*")], [("rules", "制度目录", "一、安全生产责任制度　二、安全生产操作规程　三、驾驶员和车辆安全管理制度　四、应急预案"), ("signed", "法定代表人签名", NAME)], "衢州**运输有限公司", "正　文"),
    "transport-permit": lambda: proof("中华人民共和国道路运输经营许可证", [("firm", "业户名称：衢州**运输有限公司"), ("scope", "经营范围：道路普通货物运输"), ("address", "地址：衢州市柯城区**路*号"), ("validity", "有效期：2022年12月1日至2026年11月30日")], "衢州市交通运输局", "浙交运管许可衢字 3308********号"),
    "lost-notice": lambda: proof("道路运输经营许可证遗失声明", [("firm", "声明人：衢州**运输有限公司"), ("paper-lost", "遗失道路运输经营许可证正（副）本，编号 3308********。"), ("promise", "本单位承诺遗失情况属实，找到原证即交回。")], "衢州**运输有限公司"),
    "change-notice": lambda: proof("市场主体变更登记通知书", [("firm", "衢州**运输有限公司："), ("change", "名称由“衢州**货运有限公司”变更为“衢州**运输有限公司”。"), ("approved", "核准日期：2026 年 11 月 3 日")], "衢州市市场监督管理局", "（衢）登记变字〔2026〕第0****号"),
    "end-statement": lambda: proof("终止经营和车辆处理说明", [("firm", "说明人：衢州**运输有限公司"), ("vehicles", "名下 2 辆营运货车已于 2026 年 10 月转出，道路运输证已交回。"), ("debts", "无未了结的运输合同和事故赔偿。")], "衢州**运输有限公司"),
    "tech-grade": lambda: report("道路运输车辆技术等级评定报告", [("plate", "号牌号码", "浙H*****"), ("vin", "识别代号", "LFWS********12345")], [("grade", "技术等级", "二级"), ("inspected", "检测日期", "2026-10-15"), ("result", "检测结论", "合格")], "衢州**机动车检测有限公司"),
    "body-exam": lambda: report("机动车驾驶人身体条件证明", [("name", "姓名", NAME), ("number", "身份证号", NUMBER), ("class", "准驾车型", "C1")], [("sight", "视力", "左 5.0　右 5.0　无红绿色盲"), ("hearing", "听力、四肢、躯干", "合格"), ("result", "医师结论", "合格　医师：陈*")], "衢州市人民医院"),
    "birth-certificate": lambda: proof("出生医学证明", [("child", "新生儿姓名：张**　性别：男"), ("birth", "出生时间：2010 年 * 月 * 日"), ("parents", f"母亲：{NAME}（{NUMBER}）　父亲：王*（330802********5678）")], "衢州市妇幼保健院", "编号 S33********"),
    "travel-consent": lambda: proof("关于同意申办出入境证件的函", [("name", f"同意 {NAME}（{NUMBER}）申办普通护照。"), ("post", "现任职务：科员　政治面貌：中共党员"), ("contact", "组织人事部门联系人：李*　0570-****000")], "衢州市**局组织人事处"),
    "hygiene-report": lambda: report("公共场所卫生检测报告", [("firm", "受检单位", "衢州市柯城区张*餐馆"), ("report-number", "报告编号", "HJ2026-0****"), ("sampled", "采样日期", "2026-10-08")], [("items", "检测项目", "空气：二氧化碳、甲醛、PM10　公用品用具：细菌总数、大肠菌群"), ("result", "检测结论", "所检项目均符合 GB 37488-2019")], "衢州**检测技术有限公司"),
    "eia-table": lambda: report("建设项目环境影响报告表", [("project", "项目名称", "年产 2 万吨**材料生产线"), ("firm", "建设单位（盖章）", "衢州**材料有限公司"), ("author", "编制单位", "浙江**环境科技有限公司"), ("author-code", "编制主持人", "李*　信用编号 BH0*****")], [("result", "总结论", "项目选址符合生态环境分区管控要求，落实措施后环境影响可接受")], "浙江**环境科技有限公司"),
    "eia-book": lambda: report("建设项目环境影响报告书", [("project", "项目名称", "年产 20 万吨**化工项目"), ("firm", "建设单位（盖章）", "衢州**化工有限公司"), ("author", "编制单位", "浙江**环境科技有限公司"), ("author-code", "编制主持人", "李*　信用编号 BH0*****")], [("risk", "环境风险", "已作专项评价，风险可防控"), ("result", "总结论", "环境影响可接受")], "浙江**环境科技有限公司"),
    "public-notes": lambda: report("建设项目公众参与说明", [("project", "项目名称", "年产 20 万吨**化工项目"), ("firm", "建设单位", "衢州**化工有限公司")], [("first", "首次公开", "2026-06-02 网站　10 个工作日"), ("second", "征求意见稿公开", "2026-08-10 网站、报纸、张贴"), ("result", "公众意见", "收到 3 条，采纳 2 条，未采纳 1 条并说明理由")], "衢州**化工有限公司"),
    "total-balance": lambda: proof("污染物排放总量平衡意见", [("project", "项目：年产 2 万吨**材料生产线"), ("amount", "核定新增：化学需氧量 0.12 吨／年，氨氮 0.01 吨／年，氮氧化物 0.86 吨／年。"), ("balance", "替代来源：衢州**纸业有限公司关停削减量，替代比例 1:1.5。")], "衢州市生态环境局柯城分局", "衢环柯总量〔2026〕**号"),
    "fund-other-city": lambda: proof("异地贷款职工住房公积金缴存使用证明", [("name", f"{NAME}（{NUMBER}）在我中心正常缴存。"), ("deposit", "缴存起始：2019 年 7 月，缴存至 2026 年 10 月，月缴存额 1,720.00 元。"), ("loans", "住房公积金贷款记录：无")], "杭州住房公积金管理中心"),
    "divorce": lambda: proof("离　婚　证", [("holder", f"持证人：{NAME}（{NUMBER}）"), ("registered", "登记日期：2022 年 4 月 8 日"), ("certificate-number", "离婚证字号：L330802-2022-00****")], "衢州市柯城区民政局婚姻登记"),
    "vehicle-purchase": lambda: contract("拟购车辆承诺书", [[("firm", "申请人", "衢州**运输有限公司")], [("vehicles", "拟购车辆", "重型厢式货车 2 辆，核定载质量共 19.6 吨")], [("date-of", "购置期限", "许可之日起 180 日内")], [("promise", "承诺", "车辆技术等级达到二级以上，逾期未购自愿撤回许可")]], ("见证人", "申请人")),
    "tax-machine": lambda: report("税控设备和结存发票清单", [("firm", "纳税人名称", "衢州**运输有限公司"), ("device", "设备编号", "66151*******")], [("left", "结存发票", "0 份"), ("checked", "上期已验旧", "25 份（号码 0123**** 至 0123****）"), ("declared", "申报状态", "2026年10月已申报")], "衢州**运输有限公司", "清　单"),
    "invoice-overage": lambda: contract("近期购销合同", [[("seller", "供方", "衢州**运输有限公司")], [("buyer", "需方", "杭州**商贸有限公司")], [("matter", "标的", "2026年12月至2027年2月公路运输服务")], [("price", "合同金额", "人民币 860,000.00 元")]], ("供方", "需方")),
}  # fmt: skip


def draw(folder: Path = SAMPLES) -> None:
    """Every picture and the index of their fields."""
    folder.mkdir(parents=True, exist_ok=True)
    index: dict[str, dict[str, list[float]]] = {}
    filled = {name: partial(form, one.title, one.rows, one.promise) for name, one in FORMS.items()}
    for name, made in (filled | OTHERS).items():
        page = made()
        if page.width == A4[0]:
            page.trim()
        page.save(folder, name)
        index[f"{name}.png"] = page.places
    text = ",\n".join(f" {json.dumps(name)}: {json.dumps(places)}" for name, places in index.items())
    (folder / "index.json").write_text(f"{{\n{text}\n}}\n", "utf-8")


if __name__ == "__main__":
    draw()
