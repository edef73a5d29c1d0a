"""The forms that authors sign: what each licence says, and whose the paper is.

They are kept in both languages word for word as they were signed, so they are data and no messages of the interface.
Change a sentence here and earlier signatures keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from confsys.core.localized import LocalizedText
from confsys.publishing.states import Holder, Licence

#: Named in the form by {title}, {society}, {employer}.
_OPENING = LocalizedText(
    "This form is about the paper “{title}”, accepted for publication by {society}.",
    "本表涉及由{society}录用、拟予出版的论文《{title}》。",
)
_HOLDERS: Mapping[Holder, LocalizedText] = {
    Holder.AUTHORS: LocalizedText("The authors hold the copyright in the paper.", "论文著作权归全体作者所有。"),
    Holder.EMPLOYER: LocalizedText(
        "The paper was written in the course of employment; its copyright is held by {employer}, on whose behalf the "
        "undersigned is authorised to sign.",
        "论文系职务作品，著作权归{employer}所有；签署人已获其授权代为签署。",
    ),
    Holder.US_GOVERNMENT: LocalizedText(
        "All authors wrote the paper as officers or employees of the United States Government as part of their "
        "official duties. It is not subject to copyright protection "
        "in the United States; elsewhere the United States "
        "Government may hold copyright.",
        "全体作者均以美国政府官员或雇员身份、在公务范围内撰写本文。论文在美国境内不受著作权保护；在其他国家和地区，美国政府可能享有著作权。",
    ),
    Holder.CROWN: LocalizedText(
        "The paper was written by servants of the Crown in the course of their duties and is protected by Crown "
        "copyright. The Crown grants what follows and keeps its copyright.",
        "论文由英联邦国家的王室（政府）雇员在履行职务时撰写，受皇家版权（Crown copyright）保护。"
        "皇家版权持有方授予下述权利，并保留其著作权。",
    ),
    Holder.EU: LocalizedText(
        "The paper was written by staff of the European Union in "
        "the course of their duties; its copyright is held by "
        "the European Union, which grants what follows and keeps its copyright.",
        "论文由欧洲联盟工作人员在履行职务时撰写，著作权归欧洲联盟所有；欧洲联盟授予下述权利，并保留其著作权。",
    ),
}
_GRANTS: Mapping[Licence, LocalizedText] = {
    Licence.CC_BY: LocalizedText(
        "The paper is published under the Creative Commons "
        "Attribution 4.0 International licence (CC BY 4.0): everybody "
        "may share and adapt it, also commercially, if they name the authors and the source.",
        "论文依据“知识共享 署名 4.0 国际许可协议”（CC BY 4.0）出版："
        "任何人均可分享、改编（包括商业使用），但须注明作者和出处。",
    ),
    Licence.CC_BY_NC_ND: LocalizedText(
        "The paper is published under the Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International "
        "licence (CC BY-NC-ND 4.0): everybody may share it unchanged "
        "and not for sale, if they name the authors and the "
        "source.",
        "论文依据“知识共享 署名-非商业性使用-禁止演绎 4.0 国际许可协议”（CC BY-NC-ND 4.0）出版："
        "任何人均可在不作改动、不用于商业目的的前提下分享，但须注明作者和出处。",
    ),
    Licence.TRANSFER: LocalizedText(
        "The copyright in the paper, with the exclusive right to "
        "publish it in print and online and to license it, is "
        "transferred to {society} for its whole term. The authors "
        "keep the right to teach from the paper, to reuse their "
        "figures, and to deposit the accepted manuscript in the repository of their institution, naming the source.",
        "论文的著作权，包括以纸质和网络形式独家出版及许可他人使用的权利，在全部保护期内转让给{society}。"
        "作者保留以下权利：将论文用于教学、再次使用其中的图表，以及注明出处后将录用稿存入本单位知识库。",
    ),
}
#: What cannot be transferred is licensed instead.
_INSTEAD_OF_TRANSFER = LocalizedText(
    "Since this copyright cannot be transferred, {society} is granted the non-exclusive, worldwide and royalty-free "
    "right to publish the paper in print and online and to license it to its readers.",
    "由于该著作权不能转让，特授予{society}以纸质和网络形式出版论文并许可读者使用的权利；此项授权为非独占、全球范围且免费。",
)
_CLOSING = LocalizedText(
    "The undersigned signs for all authors and declares that the paper is their own work, that it was not published "
    "before, and that nothing in it violates the rights of others.",
    "签署人代表全体作者签署，并声明：论文系作者独立完成，此前未曾公开发表，且未侵犯他人权利。",
)
_NOT_TRANSFERABLE = frozenset({Holder.US_GOVERNMENT, Holder.CROWN, Holder.EU})


def agreement(
    licence: Licence, holder: Holder, *, employer: str, title: LocalizedText, society: LocalizedText
) -> LocalizedText:
    """The whole form in both languages, paragraphs parted by empty lines."""
    instead = licence is Licence.TRANSFER and holder in _NOT_TRANSFERABLE
    grant = _INSTEAD_OF_TRANSFER if instead else _GRANTS[licence]
    parts = (_OPENING, _HOLDERS[holder], grant, _CLOSING)

    def in_(language: str) -> str:
        words = {"title": title.in_(language), "society": society.in_(language), "employer": employer}
        return "\n\n".join(part.in_(language).format_map(words) for part in parts)

    return LocalizedText(in_("en"), in_("zh"))


#: What stands after © and the year; a transferred paper is the publisher's, which the volume names itself.
_LINES: Mapping[Holder, LocalizedText] = {
    Holder.AUTHORS: LocalizedText("the authors", "作者"),
    Holder.US_GOVERNMENT: LocalizedText(
        "U.S. Government work not protected by U.S. copyright", "美国政府作品，在美国境内不受著作权保护"
    ),
    Holder.CROWN: LocalizedText("Crown copyright", "皇家版权（Crown copyright）"),
    Holder.EU: LocalizedText("European Union", "欧洲联盟"),
}


def copyright_line(licence: str, holder: Holder, employer: str) -> LocalizedText:
    """Who is printed as holder on the paper; empty: whoever the volume names."""
    if licence == Licence.TRANSFER and holder not in _NOT_TRANSFERABLE:
        return LocalizedText()
    return LocalizedText(employer, employer) if holder is Holder.EMPLOYER else _LINES[holder]
