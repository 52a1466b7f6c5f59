"""Who asks, as one page of questions that stands before those of every procedure.

Its labels are data in two languages like those of the catalogue, so the same engine draws, reads and checks them.
"""

from motcua.procedures.definition import Definition, Field, Page, Text

SID = "applicant"
PAGE = Page(
    sid=SID,
    title=Text("Người nộp hồ sơ", "Who is applying"),
    fields=(
        Field(
            sid="full_name",
            type="name",
            label=Text("Họ, chữ đệm, tên", "Full name"),
            hint=Text("Ghi như trên căn cước.", "As on the citizen card."),
            required=True,
            prefill="applicant.full_name",
        ),
        Field(
            sid="birth_date",
            type="date_or_year",
            label=Text("Ngày, tháng, năm sinh", "Date of birth"),
            hint=Text(
                "Ví dụ 24/11/1990. Nếu chỉ biết năm sinh thì ghi năm.",
                "For example 24/11/1990. If you know only the year, write the year.",
            ),
            required=True,
            min="1900-01-01",
            max="today",
            prefill="applicant.birth_date",
        ),
        Field(
            sid="citizen_id",
            type="citizen_id",
            label=Text("Số định danh cá nhân (số căn cước)", "Personal identification number"),
            hint=Text("12 chữ số trên căn cước.", "12 digits on the citizen card."),
            prefill="applicant.citizen_id",
        ),
        Field(
            sid="phone",
            type="phone",
            label=Text("Số điện thoại", "Telephone number"),
            hint=Text("Chúng tôi gọi số này khi cần hỏi thêm.", "We call this number if we have a question."),
            required=True,
            prefill="applicant.phone",
        ),
        Field(
            sid="email",
            type="email",
            label=Text("Thư điện tử (email)", "E-mail"),
            hint=Text("Nếu có, chúng tôi gửi tin về hồ sơ đến đây.", "If given, we send news of the dossier here."),
            prefill="applicant.email",
        ),
        Field(
            sid="address",
            type="text",
            label=Text("Địa chỉ liên hệ", "Postal address"),
            max_length=200,
            prefill="applicant.address",
        ),
    ),
)
# The engine works on whole definitions; this one holds nothing but the page.
DEFINITION = Definition(
    code="applicant",
    name=PAGE.title,
    short_name=PAGE.title,
    sector="",
    sector_name=Text(""),
    mode="here",
    pages=(PAGE,),
)
