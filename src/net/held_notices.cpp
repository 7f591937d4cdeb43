// SPDX-License-Identifier: Apache-2.0
#include "net/held_notices.hpp"

#include <optional>
#include <utility>

namespace bezant::net {

namespace {

/// What tells a notice later, from copies of what it refers to.
struct Keeper {
    using Tell = HeldNotices::Tell;
    Time at;

    std::function<void(const Tell&)> operator()(const TipMoved& notice) const {
        return [at = at, change = notice.change, pool = notice.pool](const Tell& tell) {
            tell(TipMoved{.change = change, .pool = pool}, at);
        };
    }
    std::function<void(const Tell&)> operator()(const BlockRefused& notice) const {
        return [at = at, from = notice.from, block = notice.block,
                rejection = notice.rejection](const Tell& tell) {
            tell(BlockRefused{.from = from, .block = block, .rejection = rejection}, at);
        };
    }
    std::function<void(const Tell&)> operator()(const PaymentRefused& notice) const {
        return [at = at, from = notice.from, payment = notice.payment,
                refusal = notice.refusal](const Tell& tell) {
            tell(PaymentRefused{.from = from, .payment = payment, .refusal = refusal}, at);
        };
    }
    std::function<void(const Tell&)> operator()(const SubmissionRefused& notice) const {
        std::optional<Rejection> rejection;
        if (notice.rejection != nullptr) rejection = *notice.rejection;
        return [at = at, block = notice.block, rejection = std::move(rejection)](const Tell& tell) {
            tell(SubmissionRefused{.block = block, .rejection = rejection ? &*rejection : nullptr},
                 at);
        };
    }
    /// The others refer to nothing.
    template <class Plain>
    std::function<void(const Tell&)> operator()(const Plain& notice) const {
        return [at = at, notice](const Tell& tell) { tell(notice, at); };
    }
};

}  // namespace

void HeldNotices::keep(const Notice& notice, Time at) {
    kept_.push_back(std::visit(Keeper{at}, notice));
}

void HeldNotices::tell(const Tell& tell) {
    for (const Kept& kept : std::exchange(kept_, {})) kept(tell);
}

}  // namespace bezant::net
