"""The procedures that can be done online.

What the offices really ask for is published in tables that were not at hand: steps, attachments and fees are
[M] unless marked otherwise, so a change of them is a change of this file only.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .shapes import AttachmentKind, Field, Kind, Procedure, Step, When

BY_POST = When("way", ("post",))
ADDRESS = When("what", ("address",))
IDENTITY = ("full_name", "birth_date", "sex", "id_number")
PHOTOS = "giay-to"

CARD_REISSUE = Procedure(
    kind=Kind.CARD_REISSUE,
    slug="cap-lai-the",
    title=_("Cấp lại thẻ BHYT"),
    about=_("Khi thẻ giấy bị mất, bị hỏng, hoặc thông tin in trên thẻ đã thay đổi."),
    needs=(
        _("Lý do cần cấp lại"),
        _("Nơi muốn nhận thẻ: tại cơ quan BHXH hoặc qua bưu điện"),
    ),
    steps=(
        Step(
            "ly-do",
            _("Vì sao cần cấp lại?"),
            (
                Field(
                    "reason",
                    "choice",
                    _("Lý do"),
                    choices=(
                        ("lost", _("Mất thẻ")),
                        ("damaged", _("Thẻ hỏng, rách, mờ chữ")),
                        ("changed", _("Thông tin của tôi đã đổi, thẻ còn in thông tin cũ")),
                    ),
                ),
                Field("note", "text", _("Ghi chú"), required=False),
            ),
        ),
        Step(
            PHOTOS,
            _("Ảnh thẻ hỏng"),
            lead=_("Ảnh giúp cán bộ xử lý nhanh hơn. Không có thì bấm Tiếp tục."),
            when=When("reason", ("damaged",)),
            photos=True,
        ),
        Step(
            "nhan-the",
            _("Nhận thẻ ở đâu?"),
            (
                Field(
                    "way",
                    "choice",
                    _("Cách nhận"),
                    choices=(
                        ("office", _("Tại bộ phận tiếp nhận và trả kết quả của cơ quan BHXH")),
                        ("post", _("Qua bưu điện, bạn trả cước")),
                    ),
                ),
            ),
        ),
        Step(
            "dia-chi",
            _("Gửi thẻ về đâu?"),
            (
                Field("receiver", "name", _("Người nhận")),
                Field("post_address", "text", _("Địa chỉ nhận"), help=_("Số nhà, đường, phường, xã, tỉnh.")),
                Field("post_phone", "phone", _("Điện thoại người nhận"), example="0912 345 678"),
            ),
            when=BY_POST,
        ),
    ),
    attachments=(
        AttachmentKind("card", _("Ảnh thẻ hỏng"), required=False, when=When("reason", ("damaged",))),
    ),
    fee=_("Không mất phí. Nhận qua bưu điện thì trả cước."),
    law=_("Luật Bảo hiểm y tế, quy định về cấp lại thẻ BHYT"),
    result=_("Thẻ BHYT giấy được cấp lại"),
    mark="[M]",
    needs_coverage=True,
)

DATA_CHANGE = Procedure(
    kind=Kind.DATA_CHANGE,
    slug="doi-thong-tin",
    title=_("Điều chỉnh thông tin cá nhân"),
    about=_("Đổi số điện thoại, e-mail, địa chỉ; sửa họ tên, ngày sinh, giới tính, số CCCD trong dữ liệu."),
    needs=(
        _("Thông tin mới"),
        _("Ảnh giấy tờ chứng minh, nếu sửa họ tên, ngày sinh, giới tính hoặc số CCCD"),
    ),
    steps=(
        Step(
            "doi-gi",
            _("Cần đổi thông tin nào?"),
            (
                Field(
                    "what",
                    "many",
                    _("Thông tin cần đổi"),
                    choices=(
                        ("phone", _("Số điện thoại")),
                        ("email", _("E-mail")),
                        ("address", _("Địa chỉ")),
                        ("full_name", _("Họ và tên")),
                        ("birth_date", _("Ngày sinh")),
                        ("sex", _("Giới tính")),
                        ("id_number", _("Số CCCD")),
                    ),
                ),
            ),
        ),
        Step(
            "gia-tri-moi",
            _("Thông tin mới là gì?"),
            (
                Field(
                    "phone",
                    "phone",
                    _("Số điện thoại mới"),
                    when=When("what", ("phone",)),
                    example="0912 345 678",
                ),
                Field(
                    "email",
                    "email",
                    _("E-mail mới"),
                    when=When("what", ("email",)),
                    example="ten@vidu.vn",
                ),
                Field("province_code", "province", _("Tỉnh, thành phố"), when=ADDRESS),
                Field(
                    "full_name",
                    "name",
                    _("Họ và tên đúng"),
                    help=_("Viết đủ dấu như trên giấy tờ."),
                    when=When("what", ("full_name",)),
                ),
                Field(
                    "birth_date",
                    "past",
                    _("Ngày sinh đúng"),
                    when=When("what", ("birth_date",)),
                    example="02/01/1990",
                ),
                Field(
                    "sex",
                    "choice",
                    _("Giới tính đúng"),
                    choices=(("2", _("Nữ")), ("1", _("Nam"))),
                    when=When("what", ("sex",)),
                ),
                Field(
                    "id_number",
                    "cccd",
                    _("Số CCCD đúng"),
                    help=_("12 chữ số."),
                    when=When("what", ("id_number",)),
                ),
                Field(
                    "id_issued_on",
                    "past",
                    _("Ngày cấp CCCD"),
                    when=When("what", ("id_number",)),
                    example="20/05/2021",
                ),
            ),
        ),
        Step(
            "dia-chi-moi",
            _("Địa chỉ mới ở đâu?"),
            (
                Field("commune_code", "commune", _("Phường, xã, đặc khu")),
                Field("street", "text", _("Số nhà, đường; hoặc thôn, xóm, tổ")),
            ),
            when=ADDRESS,
        ),
        Step(
            PHOTOS,
            _("Ảnh giấy tờ chứng minh"),
            lead=_(
                "CCCD, Căn cước, giấy khai sinh hoặc giấy tờ khác ghi thông tin đúng. Chụp rõ, đủ bốn góc."
            ),
            when=When("what", IDENTITY),
            photos=True,
        ),
    ),
    attachments=(
        AttachmentKind("proof", _("Giấy tờ chứng minh"), when=When("what", IDENTITY)),
        AttachmentKind(
            "proof_back",
            _("Mặt sau hoặc trang tiếp theo"),
            required=False,
            when=When("what", IDENTITY),
        ),
    ),
    fee=_("Không mất phí"),
    law=_("Luật Bảo hiểm xã hội 41/2024/QH15, Điều 28 và Điều 29"),
    result=_("Dữ liệu BHXH được điều chỉnh; xem ở Quản lý cá nhân"),
    mark="[M]",
)

FACILITY_CHANGE = Procedure(
    kind=Kind.FACILITY_CHANGE,
    slug="doi-noi-kham",
    title=_("Đổi nơi đăng ký khám chữa bệnh ban đầu"),
    about=_("Chọn cơ sở khác để đăng ký khám chữa bệnh ban đầu trên thẻ BHYT."),
    needs=(
        _("Cơ sở muốn đăng ký, cấp ban đầu hoặc cấp cơ bản"),
        _("Ngày muốn bắt đầu, trong 15 ngày đầu của quý"),
    ),
    steps=(
        Step(
            "co-so",
            _("Chọn cơ sở khám chữa bệnh"),
            (Field("facility_code", "facility", _("Cơ sở đăng ký mới")),),
            lead=_(
                "Tìm theo tên hoặc địa chỉ, không cần dấu. "
                "Chỉ đăng ký ban đầu ở cơ sở cấp ban đầu hoặc cấp cơ bản."
            ),
        ),
        Step(
            "tu-ngay",
            _("Bắt đầu từ ngày nào?"),
            (
                Field(
                    "from_day",
                    "quarter",
                    _("Từ ngày"),
                    help=_(
                        "Nơi đăng ký ban đầu được đổi trong 15 ngày đầu của mỗi quý. Bấm chọn một trong hai "
                        "ngày."
                    ),
                ),
                Field("note", "text", _("Lý do đổi"), required=False),
            ),
        ),
    ),
    fee=_("Không mất phí"),
    law=_("Luật Bảo hiểm y tế, quy định về đăng ký khám chữa bệnh ban đầu"),
    result=_("Nơi đăng ký mới trên thẻ BHYT, từ ngày ghi trong kết quả"),
    mark="[M]",
    needs_coverage=True,
)

PROCEDURES: dict[Kind, Procedure] = {
    procedure.kind: procedure for procedure in (CARD_REISSUE, DATA_CHANGE, FACILITY_CHANGE)
}
BY_SLUG: dict[str, Procedure] = {procedure.slug: procedure for procedure in PROCEDURES.values()}
