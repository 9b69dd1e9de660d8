#include "tools/convert/given_fields.hpp"

#include "tools/convert/matcher_syntax.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"

#include <string>

namespace understudy::convert {

using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;
using source::Member;
using source::Problem;
using source::ProblemCode;

bool takes_null(const FieldDescriptor& field) {
    if (field.message_type() != nullptr) return json_form(*field.message_type()) == JsonForm::value;
    return field.enum_type() != nullptr && field.enum_type()->full_name() == "google.protobuf.NullValue";
}

std::optional<Problem> GivenFields::add(const Member& member, const FieldDescriptor& field) {
    const auto [same, is_new] = fields_.try_emplace(&field, member.key);
    if (!is_new) {
        const Problem first = same->second.problem(ProblemCode::none, {});
        return member.key.problem(ProblemCode::invalid, "the field '" + field.name() + "' is given twice")
            .with_note("it was first given as " + quote(same->second) + " at " + render_place(first));
    }
    const OneofDescriptor* oneof = field.real_containing_oneof();
    const bool unset = matchers_ == Matchers::left_out && is_met_by_nothing(member.value);
    const bool absent = unset || (member.value.is_null() && !takes_null(field));
    if (oneof == nullptr || absent) return std::nullopt;
    const auto [other, is_only] = oneofs_.try_emplace(oneof, member.key);
    if (is_only) return std::nullopt;
    const Problem first = other->second.problem(ProblemCode::none, {});
    const std::string both = quote(member.key) + " cannot be given together with " + quote(other->second);
    return member.key.problem(ProblemCode::invalid, both)
        .with_note("only one of the oneof '" + oneof->name() + "' can be given; the other is at " +
                   render_place(first));
}

}  // namespace understudy::convert
