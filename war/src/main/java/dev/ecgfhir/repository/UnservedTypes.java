package dev.ecgfhir.repository;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Takes HAPI's bean definitions of the types that are not served out of the context before any bean is made.
 *
 * <p>HAPI defines one access object and one provider for each of R4's types, named {@code myAccountDaoR4} and
 * {@code myAccountRpR4}. Without its access object a type does not exist for transactions, references and searches either.
 */
final class UnservedTypes implements BeanDefinitionRegistryPostProcessor {
    private static final Pattern NAME = Pattern.compile("my([A-Z][A-Za-z]+)(Dao|Rp)R4");

    private final Set<String> served;

    UnservedTypes(Set<String> served) {
        this.served = Set.copyOf(served);
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        for (String bean : registry.getBeanDefinitionNames()) {
            Matcher name = NAME.matcher(bean);
            if (name.matches() && !name.group(1).equals("System") && !served.contains(name.group(1))) {
                registry.removeBeanDefinition(bean);
            }
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        // the definitions are all that is changed
    }
}
